// Review: correcting, merging, moving, splitting, notes and undoing, by keyboard alone where a hand can.
import assert from "node:assert/strict";
import { test } from "node:test";
import { api, heart, lab, open, room, setUp, shot, tooWide, wrong } from "./lab.mjs";

setUp();
const kinds = async () => (await api("/judgements")).items.map((j) => `${j.kind} ${j.state}`);
const incidentsOf = async (claim) => (await api(`/claims/${claim}`)).incidents;
const incidentOf = async (claim) => (await incidentsOf(claim))[0];
/** A claim with a figure, opened in its incident. */
async function claimWithFigure() {
  const { id } = await heart();
  const { claims } = await api(`/incidents/${id}`);
  const claim = claims.find((c) => c.figures.length && c.figures[0].value !== null);
  await open(lab.page, `/incidents/${id}?claim=${claim.id}`, "mark.m-chosen");
  return claim;
}
const told = (words) => lab.page.waitForFunction((w) => document.querySelector(".told").textContent.startsWith(w), words);

test("a claim is corrected by keyboard: type, number, date, and a place from the gazetteer", async () => {
  const claim = await claimWithFigure();
  const { page } = lab;
  await page.keyboard.press("e");
  await page.waitForSelector("dialog[open]");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "SELECT", "the first field has the focus");
  await page.selectOption("dialog select >> nth=0", "explosion");
  await page.fill("dialog label:has-text('Number') input >> nth=0", "at least 77");
  await page.fill("dialog label:has-text('Date') input", "2024-05-13");
  await page.fill("dialog input[role=combobox]", "Triest, Ital");
  await page.waitForSelector("dialog li[role=option]:has-text('Trieste')");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog strong:has-text('Trieste')");
  await page.waitForSelector("dialog circle.dot", { state: "attached" });
  await shot(page, "correct");
  await page.fill("dialog input[name=reason]", "the second edition");
  await page.keyboard.press("Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  await told("Corrected type, date, figure, place");
  const now = (await api(`/claims/${claim.id}`)).claim;
  assert.deepEqual([now.event.type, now.time.earliest, now.figures[0].min, now.figures[0].bound, now.figures[0].category], ["explosion", "2024-05-13", 77, "at-least", claim.figures[0].category]);
  assert.deepEqual([now.places[0].name, now.places[0].country], ["Trieste", "IT"]);
  const log = (await api("/judgements")).items;
  assert.ok(log.length === 4 && log.every((j) => j.author === "Tester" && j.reason === "the second edition"), JSON.stringify(log));
  await page.keyboard.press("u");
  await told("Undone");
  assert.deepEqual((await api(`/claims/${claim.id}`)).claim, claim, "all four are undone at once");
});

test("what the server refuses stays open with the reason, and nothing is written", async () => {
  await claimWithFigure();
  const { page } = lab;
  const before = await kinds();
  await page.keyboard.press("e");
  await page.fill("dialog label:has-text('Date') input", "the day after");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("dialog [role=alert]");
  assert.match(await page.textContent("dialog [role=alert]"), /is no day/);
  await page.keyboard.press("Escape");
  await page.waitForSelector("dialog", { state: "detached" });
  assert.deepEqual(await kinds(), before);
  lab.errors.splice(0, lab.errors.length, ...lab.errors.filter((e) => !e.includes("422")));
});

test("a place is put by a click on the map, or kept as a name without coordinates", async () => {
  const claim = await claimWithFigure();
  const { page } = lab;
  await page.keyboard.press("e");
  await page.click("dialog figure svg", { position: { x: 60, y: 60 } });
  await page.waitForSelector("dialog circle.dot", { state: "attached" });
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  await told("Corrected place");
  const put = (await api(`/claims/${claim.id}`)).claim.places[0];
  assert.ok(put.precision === "exact" && Number.isFinite(put.lat) && Number.isFinite(put.lon), JSON.stringify(put));
  await page.keyboard.press("e");
  await page.fill("dialog input[role=combobox]", "Zzyx Ford");
  await page.click("dialog button:has-text('as a name')");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  const named = (await api(`/claims/${claim.id}`)).claim.places[0];
  assert.deepEqual([named.name, named.precision, named.lat], ["Zzyx Ford", "unlocated", null]);
  for (let i = 0; i < 2; i++) {
    const { total } = await api("/judgements");
    await page.keyboard.press("u");
    await page.waitForFunction((n) => fetch("/api/v1/judgements?limit=1").then((r) => r.json()).then((log) => log.total > n), total);
  }
  assert.deepEqual((await api(`/claims/${claim.id}`)).claim, claim);
});

test("two incidents are merged and parted again", async () => {
  const { page } = lab;
  const trieste = (await api("/incidents?q=trieste&sort=reports")).items;
  const vienna = (await api("/incidents?q=vienna")).items[0];
  const [claim] = (await api(`/incidents/${vienna.id}`)).incident.claims;
  await open(page, `/incidents/${vienna.id}`, ".claim");
  await page.keyboard.press("m");
  await page.waitForSelector("dialog[open]");
  await page.keyboard.type("trieste");
  await page.waitForFunction((n) => document.querySelectorAll("dialog .row").length === n, trieste.length);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await shot(page, "merge");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  await told("Merged");
  const merged = (await api(`/incidents/${await incidentOf(claim)}`)).incident;
  const both = (await Promise.all(merged.claims.map((c) => api(`/claims/${c}`)))).map((c) => c.claim.report);
  assert.ok(both.includes("port-2") && both.some((r) => r === "port-1" || r === "hostile-1"), both.join());
  assert.ok(page.url().includes(merged.id), "the page is where the claims are now");
  await page.keyboard.press("u");
  await page.waitForURL((u) => u.pathname === `/incidents/${vienna.id}`);
  assert.equal(await incidentOf(claim), vienna.id);
});

test("a claim is moved to another incident, and claims are split off", async () => {
  const { page } = lab;
  const { id } = await heart();
  const { incident, claims } = await api(`/incidents/${id}`);
  const vienna = (await api("/incidents?q=vienna")).items[0];
  const [host] = (await api(`/incidents/${vienna.id}`)).incident.claims;
  const moved = incident.accounts[0].claims[0];
  const before = await incidentsOf(moved);
  await open(page, `/incidents/${id}?claim=${moved}`, "mark.m-chosen");
  await page.keyboard.press("m");
  await page.click("dialog label:has-text('Only the chosen claim')");
  await page.fill("dialog input[type=search]", "vienna");
  await page.click(`dialog .row:has(input[value="${vienna.id}"])`);
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  await told("Moved");
  assert.deepEqual(await incidentsOf(moved), [await incidentOf(host)]);
  await page.keyboard.press("u");
  await told("Undone");
  assert.deepEqual(await incidentsOf(moved), before);

  await open(page, `/incidents/${id}?claim=${moved}`, "mark.m-chosen");
  await page.keyboard.press("s");
  await page.waitForSelector("dialog[open]");
  assert.equal(await page.locator("dialog input:checked").count(), 1, "the chosen claim is picked");
  await shot(page, "split");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector("dialog", { state: "detached" });
  await told("Split off");
  const others = claims.map((c) => c.id).filter((c) => c !== moved);
  const there = await incidentsOf(others[0]);
  assert.ok((await incidentsOf(moved)).every((i) => !there.includes(i)));
  await page.keyboard.press("u");
  await told("Undone");
  assert.deepEqual(await incidentsOf(moved), before);
});

test("a note is kept with the author's name, and everything decided is listed and can be undone", async () => {
  const { page } = lab;
  const { id } = await heart();
  await open(page, `/incidents/${id}`, ".claim");
  await page.keyboard.press("n");
  await page.keyboard.type("<b>ask the mayor</b>");
  await page.keyboard.press("Control+Enter");
  await page.waitForSelector(".history li:has-text('<b>ask the mayor</b>')");
  await open(page, "/judgements", "li");
  const { total } = await api("/judgements");
  assert.equal(await page.locator("main ol > li").count(), total);
  await shot(page, "decisions");
  await page.click("li:has-text('ask the mayor') button");
  await page.waitForSelector("li.past:has-text('ask the mayor')");
  await page.click("main ol > li:has-text('undo') >> nth=0 >> button");
  await page.waitForFunction(() => !document.querySelector("li.past strong")?.closest("li").textContent.includes("ask the mayor"));
  assert.equal((await api("/judgements")).items.find((j) => j.kind === "note").state, "in-force", "an undoing can be undone");
});

test("nothing that axe knows is wrong with the dialogs, light and dark, and they fit a phone", async () => {
  const { id } = await heart();
  const claim = (await api(`/incidents/${id}`)).claims.find((c) => c.figures.length).id;
  for (const colorScheme of ["light", "dark"]) {
    const [made, tab] = await room({ colorScheme });
    for (const [key, name] of [["e", "correct"], ["m", "merge"], ["s", "split"], ["n", "note"]]) {
      await open(tab, `/incidents/${id}?claim=${claim}`, "mark.m-chosen");
      await tab.keyboard.press(key);
      await tab.waitForSelector("dialog[open]");
      await tab.waitForTimeout(150);
      assert.deepEqual(await wrong(tab), [], `${colorScheme} ${name}`);
      if (colorScheme === "dark") await shot(tab, `dark-${name}`);
    }
    await open(tab, "/judgements", "main li");
    assert.deepEqual(await wrong(tab), [], `${colorScheme} decisions`);
    await made.close();
  }
  const [made, tab] = await room({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await open(tab, `/incidents/${id}?claim=${claim}`, "mark.m-chosen");
  for (const name of ["Correct", "Move", "Split", "Note"]) {
    await tab.click(`aside button:has-text('${name}')`);
    await tab.waitForSelector("dialog[open]");
    const wide = await tab.evaluate(() => [document.documentElement, document.querySelector("dialog")].map((e) => e.scrollWidth - e.clientWidth));
    assert.ok(wide.every((w) => w <= 0), `${name}: ${wide}`);
    await shot(tab, `phone-${name.toLowerCase()}`);
    await tab.click("dialog button:has-text('Cancel')");
    await tab.waitForSelector("dialog", { state: "detached" });
  }
  await open(tab, "/judgements", "main li");
  assert.ok((await tooWide(tab)) <= 0);
  await made.close();
});

test("a report without a date gets one by keyboard, its words are read anew, and it is undone", async () => {
  const id = "malvek-courier-sorrivo.txt";
  assert.equal((await api(`/reports/${id}`)).report.published.earliest, null);
  const times = async () => (await api(`/reports/${id}`)).claims.map((c) => c.claim.time.earliest);
  const before = await times();
  await open(lab.page, `/reports/${id}`, "section .claims");
  await lab.page.keyboard.press("d");
  await lab.page.fill('input[name="published"]', "2024-05-17");
  await shot(lab.page, "date");
  assert.deepEqual(await wrong(lab.page), []);
  await lab.page.keyboard.press("Control+Enter");
  await lab.page.waitForFunction(() => document.querySelector("main header p")?.textContent.includes("judgement"));
  assert.equal((await api(`/reports/${id}`)).report.published.earliest, "2024-05-17");
  const after = await times();
  assert.notDeepEqual(after, before, "its weekdays are days now");
  await lab.page.keyboard.press("u");
  await lab.page.waitForFunction(() => !document.querySelector("main header p")?.textContent.includes("judgement"));
  assert.deepEqual(await times(), before);
});

test("nothing was asked of another machine, and nothing went wrong unseen", () => {
  assert.deepEqual(lab.foreign, []);
  assert.deepEqual(lab.errors, []);
});
