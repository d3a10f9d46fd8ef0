// Who is here. Nobody, until the server has said so: then a password is asked for.
export interface Session { name: string; role: "reader" | "coder" | "admin"; users: boolean; tiles: { url: string; credit: string } | null }
export const session = $state<{ who: Session | null; asked: boolean }>({ who: null, asked: false });

const answer = async (response: Response) => {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.detail ?? `the server answered ${response.status}`);
  return body as Session;
};
const PATH = "/api/v1/session";

export async function look() {
  session.who = await fetch(PATH).then(answer).catch(() => null);
  session.asked = true;
}
export async function logIn(name: string, password: string) {
  const body = JSON.stringify({ name, password });
  session.who = await answer(await fetch(PATH, { method: "POST", headers: { "content-type": "application/json" }, body }));
}
export async function logOut() {
  await fetch(PATH, { method: "DELETE" });
  session.who = null;
}
