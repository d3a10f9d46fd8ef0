// The data contract, as the API serves it. Offsets are Unicode code points, half-open.
export interface Span { start: number; end: number }
export interface Quote extends Span { text: string }
export interface Named extends Span { name: string }
export interface Place { name: string; geonames: number | null; lat: number | null; lon: number | null; precision: string }
export interface Time { value: string | null; earliest: string | null; latest: string | null; precision: string }
export interface Figure extends Quote {
  measure: string; category: string; side: string; bound: string;
  value: number | null; min: number | null; max: number | null; as_of: string | null;
}
export interface Claim extends Span {
  id: string; report: string; quote: string; sources: Named[]; cue: Quote | null; stance: string;
  event: { type: string; trigger: Quote }; polarity: string; background: boolean;
  actors: Named[]; targets: Named[]; places: (Place & Span)[];
  time: Time & Quote & { basis: string }; figures: Figure[]; weapons: Quote[]; rule: string; confidence: number | null;
}
export interface Report {
  id: string; title: string; publisher: string; url: string; language: string; text: string;
  published: { value: string | null; earliest: string | null; latest: string | null; basis: string };
  junk: (Span & { reason: string })[]; diagnostics: { code: string; message: string }[];
}
export interface Observation {
  claim: string; value: number | null; min: number | null; max: number | null; bound: string;
  sources: string[]; origin: string; as_of: string | null; published?: string | null;
}
export interface FigureRange {
  measure: string; category: string; side: string; min: number | null; max: number | null;
  low: number | null; best: number | null; high: number | null; policy: string; observations: Observation[];
}
export interface Disagreement {
  kind: string; verdict: "contradiction" | "update" | "compatible"; strength: string; reason: string;
  sides: { claims: string[]; sources: string[] }[];
}
export interface Incident {
  id: string; title: string; event_type: string; state_of_affairs: boolean; campaign?: boolean; time: Time; place: Place;
  part_of?: { incident: string; title: string; reason: string };
  actors: string[]; claims: string[]; reports: string[]; publishers: number; origins: number;
  origin_list: { id: string; reports: string[]; claims: string[]; reason: string }[]; figures: FigureRange[]; accounts: { source: string; claims: string[] }[]; disagreements: Disagreement[];
}
export interface Judgement {
  id: string; at: string; author: string; reason: string; kind: string;
  claim?: string; about?: string; text?: string; field?: string; value?: unknown; claims?: string[]; from?: string[];
  to?: string; report?: string; of?: string; published?: string; place?: Place; judgement?: string;
  grounds?: { claim: string; report: string; quote: string }[];
}
export interface Standing extends Judgement { state: "in-force" | "undone" | "outweighed" | "ground-gone"; by?: string }
export interface JudgementList { items: Standing[]; total: number; next: string | null }
export interface GazetteerPlace {
  place: Place; feature: string; within: string[]; population: number | null; words: string;
}
export interface CodedIncident {
  codebook: string; name: string; source: string; left_out: string | null;
  cells: { column: string; value: string | number | null; says: string; because: string; claims: string[] }[];
}
export interface Vocabulary {
  event_types: string[]; measures: string[]; categories: string[]; fields: { name: string; words: string }[];
}
export interface Outline {
  id: string; title: string; event_type: string; state_of_affairs: boolean; time: Time; place: Place;
  actors: string[]; sources: string[]; publishers: string[]; claims: number; reports: number; origins: number;
  figures: { measure: string; category: string; side: string; min: number | null; max: number | null; observations: number }[];
  contradictions: number; updates: number; reviewed: number;
}
export interface IncidentList {
  items: Outline[]; total: number; next: string | null; facets: Record<string, { value: string; count: number }[]>;
}
export interface IncidentPage {
  incident: Incident; claims: Claim[]; reports: Report[]; parts: { incident: string; title: string }[]; judgements: Judgement[]; history: { at: string; what: string }[];
}
export interface Queued {
  incident: Outline; reasons: { kind: string; words: string; weight: number }[]; weight: number;
}
export interface QueuePage { items: Queued[]; total: number; next: string | null }
export interface AuditPage {
  seed: string; field: string; author: string; items: { claim: Claim; fields: string[]; marks: Record<string, string> }[];
  result: {
    field: string; given: number; right: number; wrong: number; unsure: number; precision: number | null; low: number | null;
    high: number | null; coders: number; double: number; alpha: number | null;
  }[];
}
export interface Times { name: string; n: number }
export interface ActorOutline {
  name: string; id: string; kind: string; aliases: string[]; says: number; denies: number; accuses: number; passes_on: number;
  acts: number; suffers: number; incidents: number; contradicted_by: Times[];
}
export interface ActorList { items: ActorOutline[]; total: number; next: string | null }
export interface ActorPage {
  actor: ActorOutline; says: ClaimPage[]; done: ClaimPage[]; reports: Report[];
  contradictions: { incident: string; title: string; kind: string; reason: string; by: string[] }[];
}
export interface PublisherOutline {
  name: string; reports: number; claims: number; own_voice: number; incidents: number; alone: number; first: string | null;
  last: string | null; shares_with: Times[]; copying: Times[];
}
export interface PublisherList { items: PublisherOutline[]; total: number; next: string | null }
export interface Statement { claim: string; report: string; source: string; stance: string; quote: string }
export interface Agreement {
  incident: string; title: string; event_type: string; agreed: boolean; time: Time; place: Place; parties: string[]; terms: Statement[];
  violations: { source: string; accused: string[]; earliest: string | null; latest: string | null; claims: Statement[]; replies: Statement[] }[];
}
export interface AgreementList { items: Agreement[]; reports: Report[]; total: number; next: string | null }
export interface ClaimPage { claim: Claim; incidents: string[] }
export interface Likewise { report: string; how: string }
export interface ReportPage {
  report: Report; version: number; current: boolean; added: string; repeats: Likewise | null; repeated_by: Likewise[]; claims: ClaimPage[];
}
export interface Piece { text: string; hit: boolean }
export interface Found {
  claims: (ClaimPage & { passage: Piece[] })[]; reports: { report: Report; passage: Piece[] }[];
}
export interface LedgerPage {
  name: string; author: string; reports: number; claims: number; incidents: number; judgements: number; pending: number;
}
export interface NetworkEdge { from: string; to: string; relation: string; claims: number; denied: number }
export interface NetworkPage {
  relations: { id: string; label: string; count: number }[]; nodes: { name: string; kind: string; claims: number }[];
  edges: NetworkEdge[]; total: number;
}
