// Runs of words that stand in two texts alike. Offsets are code points, half-open.
import type { Span } from "./contract";

export interface Run { l: Span; r: Span }
/** Words that make a run: fewer stand in any two reports on one subject. */
const LEAST = 6;
interface Word extends Span { key: string }

function words(points: string[]): Word[] {
  const found: Word[] = [];
  let from = -1;
  for (let i = 0; i <= points.length; i++) {
    const inside = i < points.length && /[\p{L}\p{N}]/u.test(points[i]!);
    if (inside && from < 0) from = i;
    if (!inside && from >= 0) {
      found.push({ start: from, end: i, key: points.slice(from, i).join("").toLowerCase() });
      from = -1;
    }
  }
  return found;
}

/** Longest runs of six words or more that both texts have, in the order of the left one; none overlaps another there. */
export function shared(left: string[], right: string[]): Run[] {
  const l = words(left), r = words(right);
  const at = new Map<string, number[]>();
  for (let j = 0; j + LEAST <= r.length; j++) {
    const key = r.slice(j, j + LEAST).map((w) => w.key).join(" ");
    at.set(key, [...(at.get(key) ?? []), j]);
  }
  const runs: Run[] = [];
  for (let i = 0; i + LEAST <= l.length; ) {
    let best = 0, where = -1;
    for (const j of at.get(l.slice(i, i + LEAST).map((w) => w.key).join(" ")) ?? []) {
      let n = LEAST;
      while (i + n < l.length && j + n < r.length && l[i + n]!.key === r[j + n]!.key) n++;
      if (n > best) [best, where] = [n, j];
    }
    if (best) {
      runs.push({ l: { start: l[i]!.start, end: l[i + best - 1]!.end }, r: { start: r[where]!.start, end: r[where + best - 1]!.end } });
      i += best;
    } else i++;
  }
  return runs;
}
