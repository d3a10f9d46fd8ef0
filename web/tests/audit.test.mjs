// The audit: a sample that a seed decides, marks by keyboard, and the precision that they measure.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, lab, open, room, setUp, shot, tooWide, wrong } from "./lab.mjs";

setUp();

test("a sample is drawn by seed, marked by keyboard, and measured with its interval", async () => {
  const { page } = lab;
  await open(page, "/audit", "blockquote");
  await page.waitForURL(/seed=\d+/);
  await open(page, "/audit?seed=7&size=3&field=type", "blockquote");
  const { items } = await api("/audit?seed=7&size=3&field=type");
  assert.equal(items.length, 3);
  assert.deepEqual((await api("/audit?seed=7&size=2&field=type")).items.map((i) => i.claim.id), items.slice(0, 2).map((i) => i.claim.id));
  for (const [n, key] of ["1", "1", "2"].entries()) {
    await page.waitForFunction((quote) => document.querySelector("blockquote").textContent.includes(quote), items[n].claim.quote.slice(0, 20));
    await page.keyboard.press(key);
    await page.waitForFunction((done) => document.querySelector("h1").textContent.includes(`${done} of 3`), n + 1);
  }
  const row = await page.textContent("tbody tr");
  assert.match(row, /Type\s*2\s*1\s*0\s*67 %\s*21 % to 94 %/, "Wilson's interval of 2 in 3");
  assert.deepEqual((await api("/audit?seed=7&size=3&field=type")).items.map((i) => i.marks.type), ["right", "right", "wrong"]);
  await page.keyboard.press("2");
  await page.waitForFunction(() => document.querySelector("h1").textContent.includes("2 of 3"), "the same key takes a mark back");
  await shot(page, "audit-field");
});

test("every field that a claim gives is asked about, and the report stands beside it", async () => {
  const { page } = lab;
  await open(page, "/audit?seed=11&size=5", "mark.m-chosen");
  const { items } = await api("/audit?seed=11&size=5");
  const shown = await page.locator("section li > span:first-child").allTextContents();
  assert.deepEqual(shown.map((s) => s.toLowerCase()), items[0].fields);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("3");
  await page.waitForSelector("li:nth-child(2) .unsure[aria-pressed=true]");
  await shot(page, "audit");
});

test("nothing that axe knows is wrong with it, light and dark, and it fits a phone", async () => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]) {
    const [made, tab] = await room(options);
    await open(tab, "/audit?seed=11&size=5", "mark.m-chosen");
    assert.deepEqual(await wrong(tab), [], JSON.stringify(options));
    assert.ok((await tooWide(tab)) <= 0);
    await shot(tab, `audit-${options.colorScheme ?? "phone"}`);
    await made.close();
  }
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(lab.foreign, []);
  assert.deepEqual(lab.errors, []);
});
