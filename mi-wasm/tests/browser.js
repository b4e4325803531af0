// A real browser with a plain page that loads the package: no bundler, a strict content security
// policy, and a server of our own.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";

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
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

async function serve(request, response) {
  const path = request.url === "/" ? "/index.html" : request.url;
  const file = /^\/(pkg|benches)\//.test(path) ? `..${path}` : `page${path}`;
  try {
    const body = await readFile(new URL(file, import.meta.url));
    response.setHeader("content-type", TYPES[extname(file)] ?? "text/plain");
    response.setHeader("content-security-policy", POLICY);
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/** The page when it has loaded, what it asked for until now, and how to close it all. */
export async function openPage() {
  const server = createServer(serve);
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const browser = await chromium.launch({ executablePath, args: FLAGS });
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
