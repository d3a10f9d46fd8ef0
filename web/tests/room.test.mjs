// Reading: the list, the incident, the report, the map; who is let in; what is refused.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, heart, lab, open, room, setUp, shot, tooWide, wrong } from "./lab.mjs";

setUp();

test("without the token nobody comes in, and the address bar does not keep it", async () => {
  const stranger = await lab.browser.newContext();
  const tab = await stranger.newPage();
  const response = await tab.goto(new URL("/", lab.url).href);
  assert.equal(response.status(), 401);
  await stranger.close();
  assert.ok(!lab.page.url().includes("token"), lab.page.url());
});

test("the list filters, sorts and can be linked to", async () => {
  const all = Number((await lab.page.textContent("h1")).match(/\d+/)[0]);
  await lab.page.click("label:has-text('disputed') input");
  await lab.page.waitForURL(/is=disputed/);
  await lab.page.waitForFunction((n) => Number(document.querySelector("h1").textContent.match(/\d+/)[0]) < n, all);
  assert.equal(await lab.page.locator("a.row").count(), await lab.page.locator("a.row .chip.dispute").count());
  await lab.page.selectOption("section select", "disputes");
  await lab.page.waitForURL(/sort=disputes/);
  // The network may be quiet before the request has left: what the list must come to is known, so that is waited for.
  const sorted = (await api("/incidents?is=disputed&sort=disputes")).items.map((i) => `/incidents/${i.id}`);
  const listed = (hrefs) => document.querySelectorAll("a.row").length === hrefs.length && [...document.querySelectorAll("a.row")].every((a, n) => new URL(a.href).pathname === hrefs[n]);
  await lab.page.waitForFunction(listed, sorted);
  await lab.page.reload();
  await lab.page.waitForFunction(listed, sorted);
  await lab.page.goBack();
  await lab.page.goBack();
  await lab.page.waitForFunction((n) => Number(document.querySelector("h1").textContent.match(/\d+/)[0]) === n, all);
  await shot(lab.page, "overview");
});

test("the keyboard alone leads from the list to a sentence and back", async () => {
  await open(lab.page, "/?is=disputed", "a.row");
  await lab.page.keyboard.press("j");
  await lab.page.keyboard.press("j");
  await lab.page.keyboard.press("k");
  await lab.page.keyboard.press("Enter");
  await lab.page.waitForURL(/\/incidents\//);
  await lab.page.waitForSelector(".claim");
  await lab.page.keyboard.press("j");
  await lab.page.waitForSelector("mark.m-chosen");
  await lab.page.keyboard.press("Escape");
  await lab.page.waitForSelector("mark.m-chosen", { state: "detached" });
  await lab.page.keyboard.press("g");
  await lab.page.waitForURL((u) => u.pathname === "/");
  await lab.page.keyboard.press("/");
  assert.equal(await lab.page.evaluate(() => document.activeElement.name), "q");
});

test("search finds quotes and leads to the passage", async () => {
  await open(lab.page, "/", "a.row");
  await lab.page.fill("header input[name=q]", "market");
  await lab.page.keyboard.press("Enter");
  await lab.page.waitForSelector("a.hit mark");
  for (const hit of await lab.page.locator("a.hit mark").allTextContents()) assert.match(hit, /^market/i);
  await shot(lab.page, "search");
  await lab.page.click("a.hit >> nth=0");
  await lab.page.waitForSelector("mark.m-chosen");
});

test("a figure leads to its sentence, with source, cue and number marked", async () => {
  const incident = await heart();
  await open(lab.page, `/incidents/${incident.id}`, "figure button");
  await shot(lab.page, "incident", true);
  await lab.page.click("figure button >> nth=0");
  await lab.page.waitForSelector("mark.m-chosen .m-figure");
  const claim = new URL(lab.page.url()).searchParams.get("claim");
  const { claim: found } = await api(`/claims/${claim}`);
  const chosen = (await lab.page.locator("mark.m-chosen").allTextContents()).join("");
  assert.equal(chosen.replace(/\s+/g, " "), found.quote.replace(/\s+/g, " "));
  const marked = (await lab.page.locator("mark.m-chosen .m-figure").allTextContents()).join(" ");
  assert.ok(marked.includes(found.figures[0].text.split(" ").at(-1)) || marked.includes(found.figures[0].text), marked);
  await shot(lab.page, "report-beside-incident");
});

test("an incident is coded under the codebook that is chosen, each cell with its rule", async () => {
  const { id } = await heart();
  await open(lab.page, `/incidents/${id}`, "section[aria-labelledby=coded] tbody tr");
  const column = (name) => lab.page.locator("section[aria-labelledby=coded] tr", { has: lab.page.locator(`code:text-is("${name}")`) });
  const { cells } = await api(`/incidents/${id}/coded`);
  const best = cells.find((c) => c.column === "best");
  assert.equal(await column("best").locator("td.num").textContent(), String(best.value));
  assert.ok((await column("best").textContent()).includes(best.says));
  await lab.page.selectOption("section[aria-labelledby=coded] select", "acled");
  await column("fatalities").waitFor();
  assert.ok(lab.page.url().endsWith("codebook=acled"), "a link to it");
  await shot(lab.page, "coded", true);
  assert.deepEqual(await wrong(lab.page), []);
});

test("every report is shown verbatim", async () => {
  for (const id of ["cp-0514", "malvek-courier-sorrivo.txt"]) {
    const { report } = await api(`/reports/${id}`);
    await open(lab.page, `/reports/${id}`, ".text p");
    const shown = await lab.page.locator(".text p").allTextContents();
    const shownAs = (t) => t.replace(/[\u0000-\u0008\u000b-\u001f]/g, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`).trim();
    const lines = report.text.split("\n").filter(Boolean);
    assert.deepEqual(shown.map((t) => t.trim()), lines.map(shownAs));
  }
});

test("a claim is accepted and rejected by keyboard, and both are undone", async () => {
  const { items } = await api("/incidents?sort=reports&limit=1");
  await open(lab.page, `/incidents/${items[0].id}`, ".claim");
  const n = await lab.page.locator(".claim").count();
  await lab.page.keyboard.press("j");
  await lab.page.waitForSelector("mark.m-chosen");
  await lab.page.keyboard.press("a");
  await lab.page.waitForSelector(".claim .chip.good");
  await lab.page.keyboard.press("u");
  await lab.page.waitForSelector(".claim .chip.good", { state: "detached" });
  const log = await api("/judgements");
  const told = log.items.map((j) => `${j.kind} by ${j.author}: ${j.state}`);
  assert.deepEqual(told, ["undo by Tester: in-force", "accept by Tester: undone"]);
  await lab.page.keyboard.press("r");
  await lab.page.waitForFunction((was) => document.querySelectorAll(".claim").length !== was, n);
  await lab.page.keyboard.press("u");
  await lab.page.waitForFunction((was) => document.querySelectorAll(".claim").length === was, n);
});

test("a hostile report is shown and never obeyed", async () => {
  await open(lab.page, "/reports/hostile-1", ".text p");
  await shot(lab.page, "hostile");
  const seen = await lab.page.evaluate(() => ({
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
  await open(lab.page, "/map", "g.mark");
  await lab.page.waitForSelector("path.land", { state: "attached" });
  const { total, facets } = await api("/incidents?limit=1");
  const count = (value) => facets.is.find((c) => c.value === value)?.count ?? 0;
  assert.equal(count("located") + count("unlocated"), total);
  assert.equal(await lab.page.locator("aside li").count(), count("unlocated"));
  const marks = await lab.page.locator("g.mark").evaluateAll((all) => all.map((g) => parseInt(g.ariaLabel)));
  assert.equal(marks.reduce((a, b) => a + b, 0), count("located"));
  // Towns around it have their names, out of the gazetteer; none lies over another.
  await lab.page.waitForSelector("text.town");
  const towns = await lab.page.locator("text.town").evaluateAll((all) => all.map((t) => [t.textContent, t.getBoundingClientRect().toJSON()]));
  const over = ([, a], [, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  assert.deepEqual(towns.filter((a, i) => towns.some((b, j) => i < j && over(a, b))).map(([name]) => name), []);
  await shot(lab.page, "map", true);
  await lab.page.locator("g.mark >> nth=0").focus();
  await lab.page.keyboard.press("Enter");
  await lab.page.waitForTimeout(100);
  const chart = await lab.page.locator(".time svg").boundingBox();
  await lab.page.mouse.move(chart.x + chart.width * 0.2, chart.y + 10);
  await lab.page.mouse.down();
  await lab.page.mouse.move(chart.x + chart.width * 0.6, chart.y + 10, { steps: 4 });
  await lab.page.mouse.up();
  await lab.page.waitForURL(/since=.*until=/);
});

test("nothing that axe knows is wrong, light and dark", async () => {
  const incident = await heart();
  const claim = (await api(`/incidents/${incident.id}`)).incident.claims[0];
  const views = [["/", "a.row"], [`/incidents/${incident.id}?claim=${claim}`, "mark.m-chosen"], ["/search?q=market", "a.hit"], ["/map", "g.mark"]];
  for (const colorScheme of ["light", "dark"]) {
    const [made, tab] = await room({ colorScheme });
    for (const [path, sign] of views) {
      await open(tab, path, sign);
      assert.deepEqual(await wrong(tab), [], `${colorScheme} ${path}`);
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
    const wide = await tooWide(tab);
    assert.ok(wide <= 0, `${path} is ${wide} px too wide`);
    await shot(tab, `phone-${name}`);
  }
  await made.close();
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(lab.foreign, []);
  assert.deepEqual(lab.errors.filter((e) => !e.includes("401")), []);
});
