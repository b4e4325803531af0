// A real browser with plain pages that load the package: no bundler, a strict content security
// policy, and a server of our own.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { record } from "./page/record.js";

const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";

/** Why there is no browser, where there is none. */
export const missing = !existsSync(executablePath) && "no Chromium: set CHROMIUM to where it is";

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
export const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

/** The page that the README shows, to the letter. */
async function pageOfReadme() {
  const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");
  return /^```html\n(.*?)^```/ms.exec(readme)[1];
}

/** What a user of that page has beside it. */
const BESIDE = {
  "/readme.html": pageOfReadme,
  "/client-7.json": () => JSON.stringify(record),
};

/** The policy for a page, which may hold the script that stands in it. */
function policy(page) {
  const script = /<script type="module">(.*?)<\/script>/s.exec(page)?.[1];
  if (script === undefined) return POLICY;
  return `${POLICY} 'sha256-${createHash("sha256").update(script).digest("base64")}'`;
}

async function serve(request, response) {
  const path = request.url === "/" ? "/index.html" : request.url.replace(/^\/mi-wasm\//, "/pkg/");
  const file = /^\/(pkg|benches)\//.test(path) ? `..${path}` : `page${path}`;
  try {
    const beside = await BESIDE[path]?.();
    const body = beside ?? (await readFile(new URL(file, import.meta.url)));
    response.setHeader("content-type", TYPES[extname(file)] ?? "text/plain");
    response.setHeader("content-security-policy", policy(beside ?? ""));
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** A headless browser. */
export const launch = () => chromium.launch({ executablePath, args: FLAGS });

/** The page when it has loaded, what it asked for until now, and how to close it all. */
export async function openPage() {
  const server = createServer(serve);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await launch();
  const page = await browser.newPage();
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url())));
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.waitForFunction(() => globalThis.mi !== undefined);
  const close = async () => {
    await browser.close();
    server.close();
  };
  return { page, requests, version: browser.version(), close };
}
