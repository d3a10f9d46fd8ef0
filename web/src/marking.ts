// A text cut at the borders of what is marked in it. Offsets are code points.
import type { Claim, Span } from "./contract";

export interface Mark extends Span { kind: string; claim?: string }
export interface Segment { text: string; kinds: string[]; claim?: string }

/** Stretches of `text[from..to]`, each with the kinds that cover it and the shortest claim that does. */
export function segments(text: string[], marks: Mark[], from = 0, to = text.length): Segment[] {
  const inside = marks.filter((m) => m.end > from && m.start < to && m.end > m.start);
  const borders = new Set([from, to]);
  for (const m of inside) borders.add(Math.max(from, m.start)).add(Math.min(to, m.end));
  const cuts = [...borders].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, i) => {
    const end = cuts[i + 1]!;
    const over = inside.filter((m) => m.start <= start && m.end >= end);
    const claims = over.filter((m) => m.claim).sort((a, b) => a.end - a.start - (b.end - b.start));
    return { text: text.slice(start, end).join(""), kinds: [...new Set(over.map((m) => m.kind))], claim: claims[0]?.claim };
  });
}

/** The parts of a claim: who is credited, by which words, and the values read in it. */
export function parts(claim: Claim): Mark[] {
  const of = (kind: string, spans: (Span | null)[]) =>
    spans.filter((s): s is Span => s !== null && s.end > s.start).map(({ start, end }) => ({ kind, start, end }));
  return [
    ...of("source", claim.sources),
    ...of("cue", [claim.cue]),
    ...of("figure", claim.figures),
    ...of("trigger", [claim.event.trigger]),
  ];
}
