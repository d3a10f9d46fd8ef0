// The reading room in a real browser, over the example reports and a few that are hostile or can be located.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const root = new URL("../..", import.meta.url).pathname;
const variorum = process.env.VARIORUM ?? join(root, "target/release/variorum");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const shots = process.env.SHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const folder = mkdtempSync(join(tmpdir(), "room-"));
let server, browser, context, page, url;
const foreign = [], errors = [];

async function room(options) {
  const made = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const tab = await made.newPage();
  tab.on("request", (r) => new URL(r.url()).origin === new URL(url).origin || r.url().startsWith("data:") || foreign.push(r.url()));
  tab.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  tab.on("pageerror", (e) => errors.push(String(e)));
  tab.on("dialog", (d) => (errors.push(`dialog: ${d.message()}`), d.dismiss()));
  await tab.goto(url);
  await tab.waitForSelector("a.row");
  return [made, tab];
}
const shot = (tab, name, fullPage = false) => shots && tab.screenshot({ path: join(shots, `${name}.png`), fullPage });
const open = async (tab, path, sign) => {
  await tab.goto(new URL(path, url).href);
  await tab.waitForSelector(sign);
};
const api = (path) => page.evaluate((p) => fetch(`/api/v1${p}`).then((r) => r.json()), path);
/** The incident with the most reports that is disputed and has a toll. */
const heart = async () => (await api("/incidents?sort=disputes&is=with%20a%20toll&limit=1")).items[0];

before(async () => {
  assert.ok(existsSync(executablePath), `${executablePath} is missing`);
  if (shots) mkdirSync(shots, { recursive: true });
  const ledger = join(folder, "ledger.db");
  const own = join(folder, "reports.jsonl");
  const fixtures = readFileSync(join(root, "web/tests/fixtures/reports.jsonl"), "utf8");
  writeFileSync(own, fixtures.replace("{A WORD OF A MEGABYTE}", "w".repeat(1_000_000)));
  const inputs = [join(root, "examples/reports"), own];
  execFileSync(variorum, ["read", ...inputs, "--actors", join(root, "examples/actors.toml"), "--ledger", ledger, "--quiet"]);
  server = spawn(variorum, ["serve", ledger, "--author", "Tester"], { stdio: ["ignore", "pipe", "inherit"] });
  url = await new Promise((resolve) => server.stdout.once("data", (line) => resolve(String(line).trim())));
  browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  [context, page] = await room();
});
after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

test("without the token nobody comes in, and the address bar does not keep it", async () => {
  const stranger = await browser.newContext();
  const tab = await stranger.newPage();
  const response = await tab.goto(new URL("/", url).href);
  assert.equal(response.status(), 401);
  await stranger.close();
  assert.ok(!page.url().includes("token"), page.url());
});

test("the list filters, sorts and can be linked to", async () => {
  const all = Number((await page.textContent("h1")).match(/\d+/)[0]);
  await page.click("label:has-text('disputed') input");
  await page.waitForURL(/is=disputed/);
  await page.waitForFunction((n) => Number(document.querySelector("h1").textContent.match(/\d+/)[0]) < n, all);
  assert.equal(await page.locator("a.row").count(), await page.locator("a.row .chip.dispute").count());
  await page.selectOption("section select", "disputes");
  await page.waitForURL(/sort=disputes/);
  // The network may be quiet before the request has left: what the list must come to is known, so that is waited for.
  const sorted = (await api("/incidents?is=disputed&sort=disputes")).items.map((i) => `/incidents/${i.id}`);
  const listed = (hrefs) => document.querySelectorAll("a.row").length === hrefs.length && [...document.querySelectorAll("a.row")].every((a, n) => new URL(a.href).pathname === hrefs[n]);
  await page.waitForFunction(listed, sorted);
  await page.reload();
  await page.waitForFunction(listed, sorted);
  await page.goBack();
  await page.goBack();
  await page.waitForFunction((n) => Number(document.querySelector("h1").textContent.match(/\d+/)[0]) === n, all);
  await shot(page, "overview");
});

test("the keyboard alone leads from the list to a sentence and back", async () => {
  await open(page, "/?is=disputed", "a.row");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/incidents\//);
  await page.waitForSelector(".claim");
  await page.keyboard.press("j");
  await page.waitForSelector("mark.m-chosen");
  await page.keyboard.press("Escape");
  await page.waitForSelector("mark.m-chosen", { state: "detached" });
  await page.keyboard.press("g");
  await page.waitForURL((u) => u.pathname === "/");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.name), "q");
});

test("search finds quotes and leads to the passage", async () => {
  await open(page, "/", "a.row");
  await page.fill("header input[name=q]", "market");
  await page.keyboard.press("Enter");
  await page.waitForSelector("a.hit mark");
  for (const hit of await page.locator("a.hit mark").allTextContents()) assert.match(hit, /^market/i);
  await shot(page, "search");
  await page.click("a.hit >> nth=0");
  await page.waitForSelector("mark.m-chosen");
});

test("a figure leads to its sentence, with source, cue and number marked", async () => {
  const incident = await heart();
  await open(page, `/incidents/${incident.id}`, "figure button");
  await shot(page, "incident", true);
  await page.click("figure button >> nth=0");
  await page.waitForSelector("mark.m-chosen .m-figure");
  const claim = new URL(page.url()).searchParams.get("claim");
  const { claim: found } = await api(`/claims/${claim}`);
  const chosen = (await page.locator("mark.m-chosen").allTextContents()).join("");
  assert.equal(chosen.replace(/\s+/g, " "), found.quote.replace(/\s+/g, " "));
  const marked = (await page.locator("mark.m-chosen .m-figure").allTextContents()).join(" ");
  assert.ok(marked.includes(found.figures[0].text.split(" ").at(-1)) || marked.includes(found.figures[0].text), marked);
  await shot(page, "report-beside-incident");
});

test("every report is shown verbatim", async () => {
  for (const id of ["cp-0514", "malvek-courier-sorrivo.txt"]) {
    const { report } = await api(`/reports/${id}`);
    await open(page, `/reports/${id}`, ".text p");
    const shown = await page.locator(".text p").allTextContents();
    const shownAs = (t) => t.replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`).trim();
    const lines = report.text.split("\n").filter(Boolean);
    assert.deepEqual(shown.map((t) => t.trim()), lines.map(shownAs));
  }
});

test("a claim is accepted and rejected by keyboard, and both are undone", async () => {
  const { items } = await api("/incidents?sort=reports&limit=1");
  await open(page, `/incidents/${items[0].id}`, ".claim");
  const n = await page.locator(".claim").count();
  await page.keyboard.press("j");
  await page.waitForSelector("mark.m-chosen");
  await page.keyboard.press("a");
  await page.waitForSelector(".claim .chip.good");
  await page.keyboard.press("u");
  await page.waitForSelector(".claim .chip.good", { state: "detached" });
  const log = await api("/judgements");
  assert.deepEqual([log.items.length, log.in_force.length, log.items[0].author], [2, 0, "Tester"]);
  await page.keyboard.press("r");
  await page.waitForFunction((was) => document.querySelectorAll(".claim").length !== was, n);
  await page.keyboard.press("u");
  await page.waitForFunction((was) => document.querySelectorAll(".claim").length === was, n);
});

test("a hostile report is shown and never obeyed", async () => {
  await open(page, "/reports/hostile-1", ".text p");
  await shot(page, "hostile");
  const seen = await page.evaluate(() => ({
    hit: window.hit,
    made: document.querySelectorAll("main script, main img, main a[href^='javascript'], .text svg, h2 script").length,
    wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    text: document.querySelector("main").textContent.slice(0, 4000),
  }));
  assert.deepEqual([seen.hit, seen.made], [undefined, 0]);
  assert.ok(seen.wide <= 0, `${seen.wide} px too wide`);
  assert.ok(seen.text.includes("<script>window.hit=1</script>") && seen.text.includes("<img src=x"), "shown as it is");
  assert.ok(seen.text.includes("\\u{202e}") && !seen.text.includes("\u202e"), "a turn of direction is shown, not obeyed");
});

test("the map shows what is located, and the rest in a tray", async () => {
  await open(page, "/map", "g.mark");
  await page.waitForSelector("path.land", { state: "attached" });
  const { total, facets } = await api("/incidents?limit=1");
  const count = (value) => facets.is.find((c) => c.value === value)?.count ?? 0;
  assert.equal(count("located") + count("unlocated"), total);
  assert.equal(await page.locator("aside li").count(), count("unlocated"));
  const marks = await page.locator("g.mark").evaluateAll((all) => all.map((g) => parseInt(g.ariaLabel)));
  assert.equal(marks.reduce((a, b) => a + b, 0), count("located"));
  await shot(page, "map", true);
  await page.locator("g.mark >> nth=0").focus();
  await page.keyboard.press("Enter");
  await page.waitForTimeout(100);
  const chart = await page.locator(".time svg").boundingBox();
  await page.mouse.move(chart.x + chart.width * 0.2, chart.y + 10);
  await page.mouse.down();
  await page.mouse.move(chart.x + chart.width * 0.6, chart.y + 10, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/since=.*until=/);
});

test("nothing that axe knows is wrong, light and dark", async () => {
  const incident = await heart();
  const claim = (await api(`/incidents/${incident.id}`)).incident.claims[0];
  const views = [["/", "a.row"], [`/incidents/${incident.id}?claim=${claim}`, "mark.m-chosen"], ["/search?q=market", "a.hit"], ["/map", "g.mark"]];
  for (const colorScheme of ["light", "dark"]) {
    const [made, tab] = await room({ colorScheme });
    for (const [path, sign] of views) {
      await open(tab, path, sign);
      // The policy forbids inline scripts: axe comes in by the debugger.
      await tab.evaluate(axe);
      const { violations } = await tab.evaluate(() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"] }));
      const told = violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(" | ")}`);
      assert.deepEqual(told, [], `${colorScheme} ${path}`);
      if (colorScheme === "dark") await shot(tab, `dark-${path.split("/")[1].split("?")[0] || "overview"}`);
    }
    await made.close();
  }
});

test("it fits a phone", async () => {
  const incident = await heart();
  const [made, tab] = await room({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const claim = (await api(`/incidents/${incident.id}`)).incident.claims[0];
  const views = [["overview", "/", "a.row"], ["incident", `/incidents/${incident.id}`, ".claim"], ["reader", `/incidents/${incident.id}?claim=${claim}`, "mark.m-chosen"], ["map", "/map", "g.mark"], ["hostile", "/reports/hostile-1", ".text p"]];
  for (const [name, path, sign] of views) {
    await open(tab, path, sign);
    const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    await shot(tab, `phone-${name}`);
  }
  await made.close();
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(foreign, []);
  assert.deepEqual(errors.filter((e) => !e.includes("401")), []);
});
