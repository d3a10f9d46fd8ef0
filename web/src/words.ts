// Values in words, as the command line gives them.
import type { Claim, FigureRange, Observation, Place, Report, Time } from "./contract";

const grouped = new Intl.NumberFormat("en");
export const number = (n: number) => grouped.format(n);

export function bounded(f: { bound: string; value: number | null; min: number | null; max: number | null }): string {
  const or = (other: number | null) => (f.value ?? other) === null ? "some" : number((f.value ?? other)!);
  switch (f.bound) {
    case "at-least": return `at least ${or(f.min)}`;
    case "at-most": return `at most ${or(f.max)}`;
    case "about": return `about ${or(f.min)}`;
    case "range":
    case "vague":
      if (f.min !== null && f.max !== null && f.min !== f.max) return `${number(f.min)} to ${number(f.max)}`;
      if (f.min !== null && f.value === null) return `${number(f.min)} or more`;
      if (f.max !== null && f.value === null) return `up to ${number(f.max)}`;
      return or(f.min);
    default: return or(f.min);
  }
}

export function range(f: { min: number | null; max: number | null }): string {
  if (f.min !== null && f.max !== null && f.min !== f.max) return `${number(f.min)}–${number(f.max)}`;
  const one = f.min ?? f.max;
  return one === null ? "no number" : number(one);
}

export function counted(f: { measure: string; category: string; side: string }): string {
  const what = f.category && f.category !== "people" ? `${f.category} ${plain(f.measure)}` : plain(f.measure);
  return f.side ? `${what} (${f.side})` : what;
}

export const plain = (word: string) => word.replaceAll("-", " ");

export function sentence(word: string): string {
  const words = plain(word);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `14 May 2024`. */
export function day(iso: string): string {
  const [y, m, d] = iso.slice(0, 10).split("-");
  const month = MONTHS[Number(m) - 1];
  return d && month ? `${Number(d)} ${month} ${y}` : iso;
}

/** Days as they are known, no more exact than they are. */
export function days(t: { earliest: string | null; latest: string | null; precision?: string }): string {
  const { earliest: a, latest: b } = t;
  if (!a && !b) return "undated";
  if (!a) return `until ${day(b!)}`;
  if (!b) return `since ${day(a)}`;
  if (a === b) return day(a);
  const [ya, ma, da] = a.split("-"), [yb, mb, db] = b.split("-");
  const month = (m: string | undefined) => MONTHS[Number(m) - 1] ?? m;
  if (t.precision === "year" && ya === yb) return ya!;
  if (t.precision === "month" && ya === yb && ma === mb) return `${month(ma)} ${ya}`;
  if (ya === yb && ma === mb) return `${Number(da)}–${Number(db)} ${month(ma)} ${ya}`;
  if (ya === yb) return `${Number(da)} ${month(ma)} – ${Number(db)} ${month(mb)} ${ya}`;
  return `${day(a)} – ${day(b)}`;
}

export function exactness(t: Time): string {
  const words: Record<string, string> = {
    day: "to the day", days: "within these days", week: "within this week", month: "within this month",
    year: "within this year", unknown: "no date known",
  };
  return words[t.precision] ?? t.precision;
}

export function where(p: Place): string {
  if (!p.name) return "no place";
  return p.precision === "near" ? `near ${p.name}` : p.name;
}

export function locatedness(p: Place): string {
  const words: Record<string, string> = {
    exact: "the place itself", near: "near it", admin2: "somewhere in this district", admin1: "somewhere in this province",
    region: "somewhere in this region", country: "somewhere in this country", unlocated: "unlocated: not in the gazetteer",
  };
  if (!p.name) return "no claim names one";
  return words[p.precision] ?? p.precision;
}

/** Outermost to innermost voice; the publisher where there is none. */
export function voices(names: string[], publisher: string): string {
  return names.length ? names.join(" → ") : publisher ? `${publisher} itself` : "the report itself";
}

const OWN_VOICE = "publisher: ";
/** The outlet's name, of a source that is an outlet in its own voice. */
export const ownVoice = (source: string) => (source.startsWith(OWN_VOICE) ? source.slice(OWN_VOICE.length) || "publisher not known" : null);

export const outlet = (report: Report | undefined) => report?.publisher || report?.id || "unknown outlet";
export const published = (report: Report | undefined) =>
  report?.published.earliest ? day(report.published.earliest) : "undated";

/** What a reader must know beside the words. */
export function marks(claim: Claim): string[] {
  return [
    ...(claim.stance === "assert" ? [] : [claim.stance]),
    ...(claim.polarity === "happened" ? [] : [plain(claim.polarity)]),
    ...(claim.background ? ["background"] : []),
  ];
}

/** The toll in a few words: the killed and wounded first. */
export function toll(figures: { measure: string; category: string; side: string; min: number | null; max: number | null }[]): string {
  const order = ["killed", "wounded", "casualties", "missing", "displaced"];
  const told = figures.filter((f) => order.includes(f.measure) && f.category === "people" && (f.min ?? f.max) !== null);
  told.sort((a, b) => order.indexOf(a.measure) - order.indexOf(b.measure) || a.side.localeCompare(b.side));
  return told.slice(0, 2).map((f) => `${range(f)} ${f.measure}${f.side ? ` (${f.side})` : ""}`).join(", ");
}

/** Marks that turn the direction of writing are shown, not obeyed; no character is lost, so offsets stay true. */
export function visible(text: string): string {
  return text.replace(/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b-\u001f\u007f]/g, (c) =>
    `\\u{${c.charCodeAt(0).toString(16)}}`);
}

export const asOf = (o: Observation) => o.as_of ?? o.published ?? null;
export const figureKey = (f: FigureRange) => [f.measure, f.category, f.side].join("/");

/** "1 report", "2 reports". */
export const plural = (n: number, what: string) => `${n} ${what}${n === 1 ? "" : "s"}`;
