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

export async function judge(judgement: Record<string, unknown>) {
  const response = await fetch("/api/v1/judgements", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(judgement),
  });
  return answer<{ judgement: { id: string }; created: string[]; changed: string[]; removed: string[] }>(response);
}
