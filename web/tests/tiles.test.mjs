// A base map of tiles from elsewhere, where the address was given; the rest of the room asks nobody.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { lab, open, serve, setUp, shot, wrong } from "./lab.mjs";

setUp();

/** One grey pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==", "base64");

test("tiles lie under the map, of the one host that was named, with its credit", async () => {
  const asked = [];
  const tiles = createServer((request, response) => {
    asked.push(request.url);
    response.writeHead(200, { "content-type": "image/png" }).end(PIXEL);
  });
  await new Promise((done) => tiles.listen(0, "127.0.0.1", done));
  const host = `http://127.0.0.1:${tiles.address().port}`;
  const [server, url] = await serve("--tiles", `${host}/{z}/{x}/{y}.png`, "--tiles-credit", "The Survey of Oria");
  const made = await lab.browser.newContext({ viewport: { width: 1280, height: 900 } });
  const tab = await made.newPage();
  const errors = [];
  tab.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  await tab.goto(url);
  await tab.goto(new URL("/map", url).href);
  await tab.waitForSelector("svg image");
  await tab.waitForFunction(() => document.body.textContent.includes("Map: The Survey of Oria."));
  await tab.waitForLoadState("networkidle");
  assert.ok(asked.length > 3 && asked.every((path) => /^\/\d+\/\d+\/\d+\.png$/.test(path)), asked.join(" "));
  await tab.click('button[aria-label="Zoom in"]');
  await tab.waitForFunction((z) => [...document.querySelectorAll("svg image")].some((i) => Number(new URL(i.href.baseVal).pathname.split("/")[1]) > z), Number(asked[0].split("/")[1]) - 1);
  assert.equal(await tab.locator("svg .land").count(), 0);
  assert.deepEqual(await wrong(tab), []);
  await shot(tab, "tiles");
  // Another host is not asked, whatever stands on the page.
  const refused = await tab.evaluate(() => new Promise((done) => {
    const image = new Image();
    image.onload = () => done(false);
    image.onerror = () => done(true);
    image.src = "http://localhost:9/0/0/0.png";
  }));
  assert.ok(refused);
  assert.match(errors.join(), /Content Security Policy/);
  await made.close();
  server.kill();
  tiles.close();
});

test("an address that names no relation says so, and the page stands", async () => {
  for (const edge of ["{", "[1,2,3]", '["a"]', "null"]) {
    await open(lab.page, `/network?edge=${encodeURIComponent(edge)}`, "[role=alert]");
    assert.match(await lab.page.textContent("[role=alert]"), /names no relation/);
    await lab.page.waitForSelector("svg .link");
  }
  assert.deepEqual(lab.errors, []);
});
