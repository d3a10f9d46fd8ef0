// The only way to the server. Browsers revalidate with entity tags, so nothing is kept here.
export class Failure extends Error {
  constructor(readonly status: number, detail: string) {
    super(detail);
  }
}

async function answer<T>(response: Response): Promise<T> {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Failure(response.status, body?.detail ?? `the server answered ${response.status}`);
  return body as T;
}

export async function get<T>(path: string): Promise<T> {
  const response = await fetch(`/api/v1${path}`).catch(() => {
    throw new Failure(0, "the server does not answer; is `variorum serve` still running?");
  });
  return answer<T>(response);
}

export interface Judged {
  judgements: { id: string }[]; created: string[]; changed: string[]; removed: string[];
}

async function send(path: string, body: unknown): Promise<Response> {
  return fetch(`/api/v1${path}`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
  }).catch(() => {
    throw new Failure(0, "the server does not answer; is `variorum serve` still running?");
  });
}

/** One of the verbs of `variorum judge` with what it takes, and why. */
export const judge = async (proposal: Record<string, unknown>) => answer<Judged>(await send("/judgements", proposal));

/** A mark of an audit. */
export async function mark(of: { claim: string; field: string; mark: string }) {
  const response = await send("/audit", of);
  if (!response.ok) await answer(response);
}
