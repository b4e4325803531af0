// The package in a real browser: a plain page, no bundler, under a strict content security policy.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import * as node from "../pkg/node.js";
import { record } from "./page/record.js";

const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
const missing = !existsSync(executablePath);
const skip = missing && !process.env.CI && "no Chromium: set CHROMIUM to where it is";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const server = createServer(async (request, response) => {
  const path = request.url === "/" ? "/index.html" : request.url;
  const file = path.startsWith("/pkg/") ? `..${path}` : `page${path}`;
  try {
    const body = await readFile(new URL(file, import.meta.url));
    response.setHeader("content-type", TYPES[extname(file)] ?? "text/plain");
    response.setHeader("content-security-policy", POLICY);
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});

let browser, page;
const requests = [];

before(async () => {
  if (skip) return;
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  browser = await chromium.launch({ executablePath, args: FLAGS });
  page = await browser.newPage();
  page.on("request", (request) => requests.push(new URL(request.url())));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.mi !== undefined);
});
after(async () => {
  await browser?.close();
  server.close();
});

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
  assert.ok(paths.includes("/pkg/mi_wasm_bg.wasm"));
  assert.ok(!paths.includes("/pkg/node.js"));
});
