// What a judgement says, in words.
import type { Figure, Judgement } from "./contract";
import { bounded } from "./words";

const short = (id: string | undefined) => (id ?? "").slice(0, 8);
const several = (ids: string[]) => ids.slice(0, 3).map(short).join(", ") + (ids.length > 3 ? ` and ${ids.length - 3} more` : "");
const PARTS: Record<string, string> = {
  "/event/type": "type", "/time": "date", "/places": "place", "/actors": "who", "/targets": "to whom", "/sources": "voices",
};

function named(one: { name?: string; lat?: number | null; lon?: number | null }): string {
  if (one.name === undefined) return JSON.stringify(one);
  return typeof one.lat === "number" && typeof one.lon === "number" ? `${one.name} (${one.lat.toFixed(3)}, ${one.lon.toFixed(3)})` : one.name;
}

function value(v: unknown): string {
  if (typeof v === "string") return v || "nothing";
  if (Array.isArray(v)) return v.map(named).join("; ") || "none";
  if (v && typeof v === "object" && "measure" in v) return `${bounded(v as Figure)} ${(v as Figure).measure}`;
  if (v && typeof v === "object" && "earliest" in v) return String((v as { value?: string }).value ?? "unknown");
  return JSON.stringify(v);
}

function part(field: string): string {
  const figure = /^\/figures\/(\d+)(?:\/(.+))?$/.exec(field);
  if (figure) return `figure ${Number(figure[1]) + 1}${figure[2] ? `, ${figure[2]}` : ""}`;
  return PARTS[field] ?? field.replace(/^\//, "");
}

/** What was decided, after its kind: `correct type to explosion`. */
export function decided(j: Judgement): string {
  switch (j.kind) {
    case "correct": return `${part(j.field ?? "")} to ${value(j.value)}`;
    case "merge": return several(j.claims ?? []);
    case "split": return `${several(j.claims ?? [])} from ${several(j.from ?? [])}`;
    case "move": return `to ${short(j.to)}`;
    case "duplicate": return `${j.report} of ${j.of}`;
    case "date": return `${j.report} to ${j.published}`;
    case "place": return `${j.report} at ${j.place?.name ?? ""}`;
    case "note": return `“${j.text}”`;
    case "undo": return short(j.judgement);
    default: return "";
  }
}
