// The queue: what matters most first, with the reason; and going through it by keyboard.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, lab, open, room, setUp, shot, tooWide, wrong } from "./lab.mjs";

setUp();

test("the weightiest incident stands first, and says why", async () => {
  const { page } = lab;
  const { items, total } = await api("/queue");
  assert.equal(total, (await api("/incidents?limit=1&is=not%20reviewed")).total);
  const weights = items.map((q) => q.weight);
  assert.deepEqual(weights, [...weights].sort((a, b) => b - a));
  const disputed = items.findIndex((q) => q.incident.contradictions > 0);
  assert.ok(disputed === 0, "a disputed incident comes first");
  await open(page, "/queue", "a.wait");
  assert.match(await page.textContent("a.wait >> nth=0"), /contradictions? between the accounts/);
  await shot(page, "queue");
});

test("the keyboard leads through the queue; what is judged leaves it and comes back with undo", async () => {
  const { page } = lab;
  const before = await api("/queue");
  const [first, second, third] = before.items.map((q) => q.incident.id);
  await open(page, "/", "a.row");
  await page.keyboard.press("q");
  await page.waitForSelector("a.wait");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await page.waitForURL((u) => u.pathname === `/incidents/${first}`);
  await page.waitForSelector(".queue:has-text('1 of')");
  await shot(page, "queue-incident");
  await page.keyboard.press("]");
  await page.waitForURL((u) => u.pathname === `/incidents/${second}`);
  await page.waitForSelector(".queue:has-text('2 of')");
  await page.keyboard.press("[");
  await page.waitForURL((u) => u.pathname === `/incidents/${first}`);
  await page.waitForSelector(".queue:has-text('1 of')");
  await page.keyboard.press("A");
  await page.waitForSelector(".queue:has-text('reviewed')");
  const { claims, judgements } = await api(`/incidents/${first}`);
  assert.equal(judgements.filter((j) => j.kind === "accept" && j.author === "Tester").length, claims.length);
  assert.equal((await api("/queue")).total, before.total - 1);
  await page.keyboard.press("]");
  await page.waitForURL((u) => u.pathname === `/incidents/${second}`);
  await page.keyboard.press("]");
  await page.waitForURL((u) => u.pathname === `/incidents/${third}`);
  await page.keyboard.press("u");
  await page.waitForURL((u) => u.pathname === `/incidents/${first}`);
  assert.deepEqual(await api("/queue"), before, "one key undoes all that one key did");
});

test("nothing that axe knows is wrong with it, light and dark, and it fits a phone", async () => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }]) {
    const [made, tab] = await room(options);
    await open(tab, "/queue", "a.wait");
    assert.deepEqual(await wrong(tab), [], JSON.stringify(options));
    assert.ok((await tooWide(tab)) <= 0);
    await shot(tab, `queue-${options.colorScheme ?? "phone"}`);
    const { items } = await api("/queue?limit=1");
    await open(tab, `/incidents/${items[0].incident.id}?from=queue`, ".queue .chip");
    assert.deepEqual(await wrong(tab), [], `incident ${JSON.stringify(options)}`);
    assert.ok((await tooWide(tab)) <= 0);
    await made.close();
  }
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(lab.foreign, []);
  assert.deepEqual(lab.errors, []);
});
