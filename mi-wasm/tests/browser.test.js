// The package in a real browser.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import * as node from "../pkg/node.js";
import { missing, openPage } from "./browser.js";
import { record } from "./page/record.js";

const skip = !process.env.CI && missing;

let page, requests, close;

before(async () => {
  if (!skip) ({ page, requests, close } = await openPage());
});
after(() => close?.());

test("a plain page loads the package and shows a review", { skip }, async () => {
  assert.match(await page.title(), /^mi-wasm \d+\.\d+\.\d+/);
  const shown = await page.locator("pre").textContent();
  assert.match(shown, /^# .*client-7.*22 November 2026\n/);
});

test("a browser gives the same review as node", { skip }, async () => {
  await node.init();
  const call = { record, as_of: "2026-11-22" };
  assert.deepEqual(
    await page.evaluate((call) => globalThis.mi.review(call), call),
    node.review(call),
  );
});

test("an error in a browser has its problems", { skip }, async () => {
  const problems = await page.evaluate(() => {
    try {
      return globalThis.mi.review({ record: {}, as_of: "yesterday" });
    } catch (error) {
      return error instanceof globalThis.mi.MiError && error.problems;
    }
  });
  assert.deepEqual(
    problems.map(({ code, path }) => [code, path]),
    [["invalid_date", "/as_of"]],
  );
});

test("it asks for its own files and nothing else", { skip }, () => {
  const paths = requests.map(({ pathname }) => pathname).filter((path) => path !== "/favicon.ico");
  assert.ok(requests.every(({ hostname }) => hostname === "127.0.0.1"));
  assert.ok(paths.includes("/pkg/mi_wasm.wasm"));
  assert.ok(!paths.includes("/pkg/node.js"));
});

test("the page of the README shows a review", { skip }, async () => {
  await page.goto(new URL("/readme.html", page.url()).href);
  const shown = page.locator("pre", { hasText: /^# Review of client-7, 22 November 2026\n/ });
  await shown.waitFor({ timeout: 10_000 });
});
