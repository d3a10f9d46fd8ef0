// The reading room in a real browser, over the example reports and a few that are hostile or can be located.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { chromium } from "playwright-core";

const root = new URL("../..", import.meta.url).pathname;
const variorum = process.env.VARIORUM ?? join(root, "target/release/variorum");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const shots = process.env.SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "room-"));
let server, url;

/** What the tests share: the browser and its first page, and what went wrong unseen. */
export const lab = { browser: undefined, page: undefined, url: undefined, ledger: join(folder, "ledger.db"), variorum, foreign: [], errors: [] };

export async function room(options) {
  const made = await lab.browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await made.newPage();
  tab.on("request", (r) => new URL(r.url()).origin === new URL(url).origin || r.url().startsWith("data:") || lab.foreign.push(r.url()));
  tab.on("console", (m) => m.type() === "error" && lab.errors.push(m.text()));
  tab.on("pageerror", (e) => lab.errors.push(String(e)));
  tab.on("dialog", (d) => (lab.errors.push(`dialog: ${d.message()}`), d.dismiss()));
  await tab.goto(url);
  await tab.waitForSelector("a.row");
  return [made, tab];
}
/** A server over the ledger, and the address that it prints. */
export async function serve(...args) {
  const process = spawn(variorum, ["serve", lab.ledger, "--author", "Tester", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  return [process, await new Promise((resolve) => process.stdout.once("data", (line) => resolve(String(line).trim())))];
}
export const shot = (tab, name, fullPage = false) => shots && tab.screenshot({ path: join(shots, `${name}.png`), fullPage });
export const open = async (tab, path, sign) => {
  await tab.goto(new URL(path, url).href);
  await tab.waitForSelector(sign);
};
export const api = (path) => lab.page.evaluate((p) => fetch(`/api/v1${p}`).then((r) => r.json()), path);
/** The incident with the most reports that is disputed and has a toll. */
export const heart = async () => (await api("/incidents?sort=disputes&is=with%20a%20toll&limit=1")).items[0];

/** What axe finds against WCAG 2.2 AA. The policy forbids inline scripts: axe comes in by the debugger. */
export async function wrong(tab) {
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
  return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
}
/** Pixels by which the page is wider than the window. */
export const tooWide = (tab) => tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Reads the reports, opens the room and a browser before the tests of a file, and puts all away after them. */
export function setUp() {
  before(async () => {
    assert.ok(existsSync(executablePath), `${executablePath} is missing`);
    if (shots) mkdirSync(shots, { recursive: true });
    const own = join(folder, "reports.jsonl");
    const fixtures = readFileSync(join(root, "web/tests/fixtures/reports.jsonl"), "utf8");
    writeFileSync(own, fixtures.replace("{A WORD OF A MEGABYTE}", "w".repeat(1_000_000)));
    const inputs = [join(root, "examples/reports"), own];
    execFileSync(variorum, ["read", ...inputs, "--actors", join(root, "examples/actors.toml"), "--ledger", lab.ledger, "--quiet"]);
    [server, url] = await serve("--actors", join(root, "examples/actors.toml"));
    lab.url = url;
    lab.browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    [, lab.page] = await room();
  });
  after(async () => {
    await lab.browser?.close();
    server?.kill();
    rmSync(folder, { recursive: true, force: true });
  });
}
