// Where users are: the door, what a reader may not do, and the log.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { lab, setUp, shot, wrong } from "./lab.mjs";

setUp();
let server, url;
const PASSWORD = "correct horse battery";

before(async () => {
  for (const [name, role] of [["Rita", "reader"], ["Ada", "admin"]]) execFileSync(lab.variorum, ["user", "add", name, "--role", role, "--ledger", lab.ledger], { input: `${PASSWORD}\n` });
  assert.equal(String(execFileSync(lab.variorum, ["user", "list", "--ledger", lab.ledger])), "Rita\treader\nAda\tadmin\n");
  server = spawn(lab.variorum, ["serve", lab.ledger, "--users", `${lab.ledger}.users`], { stdio: ["ignore", "pipe", "inherit"] });
  url = await new Promise((resolve) => server.stdout.once("data", (line) => resolve(String(line).trim())));
});
after(() => server?.kill());

async function door(options) {
  const made = await lab.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await made.newPage();
  await tab.goto(url);
  await tab.waitForSelector("input[type=password]");
  return [made, tab];
}
async function enter(tab, name, password) {
  await tab.fill("input[autocomplete=username]", name);
  await tab.fill("input[type=password]", password);
  await tab.keyboard.press("Enter");
}

test("the address has no token, and the page asks for name and password", async () => {
  assert.ok(!url.includes("token"), url);
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 } }]) {
    const [made, tab] = await door(options);
    assert.deepEqual(await wrong(tab), []);
    await shot(tab, `login-${options.colorScheme ?? "phone"}`);
    await made.close();
  }
});

test("a reader comes in after a wrong password, reads, and cannot decide", async () => {
  const [made, tab] = await door();
  await enter(tab, "Rita", "wrong wrong wrong");
  await tab.waitForSelector("[role=alert]");
  await enter(tab, "Rita", PASSWORD);
  await tab.waitForSelector("a.row");
  assert.match(await tab.textContent(".who"), /Rita, reader/);
  await tab.click("a.row >> nth=0");
  await tab.waitForSelector(".claim");
  await tab.keyboard.press("j");
  await tab.keyboard.press("a");
  await tab.waitForSelector("[role=status]:has-text('readers decide nothing')");
  await tab.click("button:has-text('Log out')");
  await tab.waitForSelector("input[type=password]");
  await made.close();
});

test("an admin reads in the log who came in and what was refused", async () => {
  const [made, tab] = await door();
  await enter(tab, "Ada", PASSWORD);
  await tab.waitForSelector("a.row");
  await tab.click(".who a");
  await tab.waitForSelector("tbody tr >> nth=3");
  const log = (await tab.locator("tbody tr").evaluateAll((rows) => rows.map((r) => [...r.cells].map((c) => c.textContent.trim()).join(" ")))).join("\n");
  for (const told of ["log-in refused Rita", "refused Rita 127.0.0.1 POST /api/v1/judgements", "log-out Rita"]) assert.ok(log.includes(told), `${told}: ${log}`);
  assert.deepEqual(await wrong(tab), []);
  await shot(tab, "access");
  await made.close();
});
