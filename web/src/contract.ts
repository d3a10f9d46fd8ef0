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
  id: string; title: string; event_type: string; state_of_affairs: boolean; time: Time; place: Place;
  actors: string[]; claims: string[]; reports: string[]; publishers: number; origins: number;
  origin_list: { id: string; reports: string[]; claims: string[]; reason: string }[]; figures: FigureRange[]; accounts: { source: string; claims: string[] }[]; disagreements: Disagreement[];
}
export interface Judgement {
  id: string; at: string; author: string; reason: string; kind: string;
  claim?: string; about?: string; text?: string; field?: string; value?: unknown;
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
  incident: Incident; claims: Claim[]; reports: Report[]; judgements: Judgement[]; history: { at: string; what: string }[];
}
export interface ClaimPage { claim: Claim; incidents: string[] }
export interface ReportPage { report: Report; version: number; current: boolean; added: string; claims: ClaimPage[] }
export interface Piece { text: string; hit: boolean }
export interface Found {
  claims: (ClaimPage & { passage: Piece[] })[]; reports: { report: Report; passage: Piece[] }[];
}
export interface LedgerPage {
  name: string; author: string; reports: number; claims: number; incidents: number; judgements: number; pending: number;
}
