// Judgements made in this tab. They outlive the views: a judgement can give an incident another id.
import { judge, type Judged } from "./api";

const made: { judgements: string[]; at: string }[] = [];
export const review = $state({ told: "" });
const SECONDS = 12;
let hide: ReturnType<typeof setTimeout>;

export function tell(words: string) {
  clearTimeout(hide);
  review.told = words;
  hide = setTimeout(() => (review.told = ""), SECONDS * 1000);
}

/** Enters what was decided at an address, to which undoing it leads back. Throws what the server says against it. */
export async function enter(proposal: Record<string, unknown>, done: string, at: string): Promise<Judged> {
  const judged = await judge(proposal);
  if (proposal.kind !== "undo") made.push({ judgements: judged.judgements.map((j) => j.id), at });
  tell(proposal.kind === "undo" ? `${done}.` : `${done}. Press u to undo.`);
  return judged;
}

/** Takes the last judgement of this tab back, and says where it was made; null where there is none. */
export async function undoLast(): Promise<string | null> {
  const last = made.pop();
  if (!last) return null;
  await judge({ kind: "undo", judgements: [...last.judgements].reverse() });
  tell("Undone.");
  return last.at;
}

/** Says a failure where it would be overlooked. */
export const aloud = (work: Promise<unknown>) => void work.catch((error: Error) => tell(error.message));
