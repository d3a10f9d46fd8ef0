// Actors, publishers, agreements; and files to give to others.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { api, heart, lab, open, room, setUp, shot, tooWide, wrong } from "./lab.mjs";

setUp();

test("an actor is listed with counts, and its page says what it denies and who contradicts it", async () => {
  const { page } = lab;
  const { items, total } = await api("/actors?sort=contradicted&limit=1000");
  assert.equal(items.length, total);
  const [first] = items;
  assert.ok(first.contradicted_by.length > 0);
  await open(page, "/actors?sort=contradicted", "tbody tr");
  await shot(page, "actors");
  assert.equal((await page.textContent("tbody th a >> nth=0")).trim(), first.name);
  await page.click("tbody th a >> nth=0");
  await page.waitForSelector("h1");
  await page.waitForSelector(".columns li");
  const { contradictions } = await api(`/actors/${encodeURIComponent(first.name)}`);
  assert.ok(contradictions.length > 0 && contradictions.every((c) => c.by.length > 0 && !c.by.includes(first.name)));
  const shown = await page.textContent(".columns section >> nth=0");
  for (const by of first.contradicted_by) assert.ok(shown.includes(by.name.replace("publisher: ", "")), by.name);
  await shot(page, "actor");
  await page.click(".columns ol a.quote >> nth=0");
  await page.waitForSelector("mark.m-chosen");
});

test("an actor is found by its alias", async () => {
  const { items } = await api("/actors?q=karovian");
  assert.ok(items.some((a) => a.name === "Karovia" && a.aliases.includes("Karovian")), JSON.stringify(items.slice(0, 2)));
  assert.equal((await api("/actors?q=nobody%20of%20that%20name")).total, 0);
});

test("publishers say with whom they share origins, and what is found of copying", async () => {
  const { page } = lab;
  await open(page, "/publishers", "main ol > li");
  const { items } = await api("/publishers");
  const lakeside = items.find((p) => p.name === "The Lakeside Chronicle");
  assert.ok(lakeside.shares_with.some((w) => w.name === "Continental Press"));
  assert.ok(lakeside.copying.some((c) => c.name === "The Lakeside Chronicle copies Continental Press"), JSON.stringify(lakeside));
  assert.ok(items.every((p) => !p.shares_with.some((w) => w.name === p.name)));
  assert.match(await page.textContent("li:has-text('The Lakeside Chronicle')"), /copies Continental Press/);
  await shot(page, "publishers", true);
});

test("an origin opens two of its reports side by side, what both say word for word marked alike", async () => {
  const { page } = lab;
  const { id } = await heart();
  await open(page, `/incidents/${id}`, "a:has-text('compare')");
  await page.click("a:has-text('compare') >> nth=0");
  await page.waitForURL(/\/compare\?a=/);
  await open(page, "/compare?a=cp-0514&b=lakeside-1", "section button mark");
  const sides = await page.locator(".pair section").evaluateAll((all) => all.map((s) => [...s.querySelectorAll("button")].map((b) => [b.querySelector("sup").textContent, b.querySelector("mark").textContent])));
  const plain = (passages) => {
    const joined = {};
    for (const [n, text] of passages) joined[n] = `${joined[n] ?? ""} ${text}`.toLowerCase().match(/[\p{L}\p{N}]+/gu).join(" ");
    return joined;
  };
  assert.deepEqual(plain(sides[0]), plain(sides[1]));
  assert.ok(Object.values(plain(sides[0])).every((text) => text.split(" ").length >= 6));
  await shot(page, "compare");
  await open(page, "/compare?a=cp-0514&b=port-3", "h2");
  await page.waitForSelector("p:has-text('No six words')");
});

test("agreements show alleged violations as alleged, on their days, each with its sentence", async () => {
  const { page } = lab;
  await open(page, "/agreements", "article");
  const { items } = await api("/agreements");
  const broken = items.filter((a) => a.violations.length);
  assert.ok(broken.length > 0, "a report tells of a breach");
  const violations = broken.reduce((n, a) => n + a.violations.length, 0);
  assert.equal(await page.locator("article .chip.dispute").count(), violations);
  assert.ok((await page.locator("article rect.broken").count()) > 0);
  await shot(page, "agreements", true);
  await page.click("article ol a.quote >> nth=0");
  await page.waitForURL((u) => u.searchParams.has("claim"));
  await page.waitForSelector("mark.m-chosen");
});

test("an incident is given away as one file that needs nothing else", async () => {
  const { page } = lab;
  const incident = await heart();
  await open(page, `/incidents/${incident.id}`, ".claim");
  await page.click("summary:has-text('Share')");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("details a:has-text('page')")]);
  assert.match(download.suggestedFilename(), /^variorum-.*dossier\.html$/);
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(!/<script|javascript:|src=|@import|url\(/i.test(text), "it loads nothing and runs nothing");
  const { claims } = await api(`/incidents/${incident.id}`);
  const made = await lab.browser.newContext({ viewport: { width: 1000, height: 900 } });
  const file = await made.newPage();
  const asked = [];
  file.on("request", (r) => asked.push(r.url()));
  await file.setContent(text);
  const said = (await file.textContent("body")).replace(/\s+/g, " ");
  for (const claim of claims) assert.ok(said.includes(claim.quote.replace(/\s+/g, " ")), claim.quote);
  assert.ok((await tooWide(file)) <= 0);
  await shot(file, "dossier", true);
  assert.deepEqual(await wrong(file), []);
  assert.deepEqual(asked, [], "it asks for nothing");
  await made.close();
});

test("the hostile report is harmless in every file", async () => {
  const id = (await api("/incidents?q=trieste")).items[0].id;
  const text = await lab.page.evaluate((i) => fetch(`/api/v1/selection/dossier.html?id=${i}`).then((r) => r.text()), id);
  assert.ok(text.includes("&lt;script&gt;window.hit=1&lt;/script&gt;") && !text.includes("<script"), "escaped");
  assert.ok(text.includes("\\u{202e}") && !text.includes("\u202e"), "a turn of direction is shown, not obeyed");
  assert.ok(!/href="javascript/i.test(text));
  const answer = await lab.page.evaluate((i) => fetch(`/api/v1/selection/dossier.html?id=${i}`).then((r) => r.headers.get("content-disposition")), id);
  assert.match(answer, /^attachment/);
});

test("what a list shows is given away as CSV and GeoJSON", async () => {
  const get = (file) => lab.page.evaluate((f) => fetch(`/api/v1/selection/${f}`).then(async (r) => [r.status, await r.text()]), file);
  const { total } = await api("/incidents?is=disputed&limit=1");
  const [status, csv] = await get("incidents.csv?is=disputed");
  assert.deepEqual([status, csv.trim().split("\n").length - 1], [200, total]);
  const [, geojson] = await get("incidents.geojson?is=located");
  const places = JSON.parse(geojson).features;
  assert.ok(places.length > 0 && places.every((f) => f.geometry.type === "Point"));
  assert.equal((await get("secrets.csv"))[0], 404);
  assert.equal((await get("incidents.csv?colour=red"))[0], 400);
  lab.errors.splice(0, lab.errors.length, ...lab.errors.filter((e) => !/40[04]/.test(e)));
});

test("nothing that axe knows is wrong with the views, light and dark, and they fit a phone", async () => {
  const name = (await api("/actors?sort=contradicted&limit=1")).items[0].name;
  const views = [["/actors", "tbody tr"], [`/actors/${encodeURIComponent(name)}`, ".columns li"], ["/publishers", "main ol > li"], ["/agreements", "article"], ["/compare?a=cp-0514&b=lakeside-1", "section button mark"]];
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]) {
    const [made, tab] = await room(options);
    for (const [path, sign] of views) {
      await open(tab, path, sign);
      assert.deepEqual(await wrong(tab), [], `${path} ${JSON.stringify(options)}`);
      assert.ok((await tooWide(tab)) <= 0, path);
      await shot(tab, `${path.split("/").slice(1, 3).map((p) => p.slice(0, 8)).join("-")}-${options.colorScheme ?? "phone"}`);
    }
    await made.close();
  }
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(lab.foreign, []);
  assert.deepEqual(lab.errors, []);
});
