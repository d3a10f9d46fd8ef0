// Who does what to whom: a picture, a table, and the claims behind each edge.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, lab, open, room, setUp, shot, tooWide, wrong } from "./lab.mjs";

setUp();

test("every edge of the network leads to claims that name both ends", async () => {
  const { edges, nodes, relations, total } = await api("/network?limit=500");
  assert.ok(edges.length > 3 && edges.length === total, `${edges.length} of ${total}`);
  assert.equal(relations.reduce((n, r) => n + r.count, 0), total);
  for (const { from, to, relation, claims, denied } of edges) {
    const page = await api(`/network/claims?${new URLSearchParams({ from, to, relation })}`);
    assert.equal(page.claims.length, Math.min(100, claims));
    assert.equal(page.claims.filter((c) => c.claim.stance === "deny").length, denied);
    for (const { claim } of page.claims) {
      const doers = relation === "accuses" && claim.stance === "accuse" ? [claim.sources.at(-1)] : claim.actors;
      const done = relation === "accuses" ? claim.actors : claim.targets;
      assert.ok(doers.some((a) => a.name === from) && done.some((a) => a.name === to), `${from} ${relation} ${to}: ${claim.quote}`);
    }
  }
  const names = new Set(edges.flatMap((e) => [e.from, e.to]));
  assert.deepEqual(new Set(nodes.map((n) => n.name)), names);
});

test("the network is drawn, filtered, and followed to a sentence by keys alone", async () => {
  const { page } = lab;
  await open(page, "/network", "svg .link");
  await shot(page, "network");
  const { relations, edges } = await api("/network");
  const some = relations.find((r) => r.id === "accuses" && r.count) ?? relations.find((r) => r.count);
  await page.click(`.kinds button:has-text("${some.label}") >> nth=0`);
  await page.waitForURL((u) => u.searchParams.get("relation") === some.id);
  await page.waitForFunction((n) => document.querySelectorAll("tbody tr").length === n, Math.min(60, some.count));
  const first = page.locator("tbody tr:first-child td:last-child a");
  await first.focus();
  await page.keyboard.press("Enter");
  await page.waitForSelector("section li a.quote");
  await shot(page, "network-edge");
  await page.focus("section li a.quote >> nth=0");
  await page.keyboard.press("Enter");
  await page.waitForSelector("mark.m-chosen");
  assert.ok(edges.length);
});

test("what the filters leave can be given away as a report in which every sentence is cited", async () => {
  const get = (file) => lab.page.evaluate((f) => fetch(`/api/v1/selection/${f}`).then(async (r) => [r.status, r.headers.get("content-type"), await r.text()]), file);
  const [status, type, html] = await get("report.html?is=disputed");
  assert.deepEqual([status, type], [200, "text/html; charset=utf-8"]);
  assert.ok(!/<script|javascript:|src=|@import|url\(/i.test(html));
  const made = await lab.browser.newContext({ viewport: { width: 1000, height: 900 } });
  const file = await made.newPage();
  await file.setContent(html);
  const bare = await file.locator("main section p").evaluateAll((all) => all.filter((p) => !p.querySelector("a.ref")).map((p) => p.textContent));
  assert.deepEqual(bare, [], "no sentence without a source");
  const dead = await file.locator("a.ref").evaluateAll((all) => all.filter((a) => !document.querySelector(a.getAttribute("href"))).length);
  assert.equal(dead, 0);
  assert.ok((await file.locator("main section p").count()) > 3);
  await shot(file, "report", true);
  assert.deepEqual(await wrong(file), []);
  await made.close();
  const [, kind, markdown] = await get("report.md?is=disputed");
  assert.equal(kind, "text/markdown; charset=utf-8");
  assert.match(markdown, /^# Situation report\n/);
});

test("nothing that axe knows is wrong with the network, light and dark, and it fits a phone", async () => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]) {
    const [made, tab] = await room(options);
    await open(tab, "/network", "svg .link");
    assert.deepEqual(await wrong(tab), [], JSON.stringify(options));
    assert.ok((await tooWide(tab)) <= 0);
    await shot(tab, `network-${options.colorScheme ?? "phone"}`);
    await made.close();
  }
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(lab.foreign, []);
  assert.deepEqual(lab.errors, []);
});
