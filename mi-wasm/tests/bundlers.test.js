// The packed package with each bundler that the README names: built as it says there, and run.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as node from "../pkg/node.js";
import { launch, missing, TYPES } from "./browser.js";
import { call } from "./bundlers/call.js";

const package_ = fileURLToPath(new URL("..", import.meta.url));
const bundlers = join(package_, "tests/bundlers");
const output = join(bundlers, "dist");
const tool = async (name) =>
  import(pathToFileURL(createRequire(join(bundlers, "package.json")).resolve(name)));

const skip =
  (!existsSync(join(bundlers, "node_modules")) && "npm --prefix mi-wasm/tests/bundlers ci first") ||
  (!process.env.CI && missing);

function run(folder, file, ...values) {
  try {
    return execFileSync(file, values, { cwd: join(bundlers, folder), encoding: "utf8" });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

/** What the README says to write with each tool, in its program or its configuration. */
const table = readFileSync(join(package_, "README.md"), "utf8").matchAll(
  /^\| [^|]+ \| `await init[^|]+\|[^|]*\| `tests\/bundlers\/(\w+)` \|$/gm,
);

/** The package as npm would have it installed: it depends on nothing, so that it is its files. */
function install() {
  const packed = mkdtempSync(join(tmpdir(), "mi-wasm-"));
  const pack = ["pack", join(package_, "pkg"), "--json", "--pack-destination", packed];
  const [{ filename }] = JSON.parse(run("", "npm", ...pack));
  const installed = join(bundlers, "node_modules/mi-wasm");
  rmSync(installed, { recursive: true, force: true });
  mkdirSync(installed);
  run("", "tar", "-xzf", join(packed, filename), "-C", installed, "--strip-components", "1");
  rmSync(packed, { recursive: true });
}

let browser, expected;

before(async () => {
  if (skip) return;
  rmSync(output, { recursive: true, force: true });
  install();
  browser = await launch();
  await node.init();
  expected = node.review(call);
});
after(() => browser?.close());

/** Serves a folder for as long as it is used. */
async function served(folder, use) {
  const server = createServer(({ url }, response) => {
    const file = join(folder, url === "/" ? "index.html" : url);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[extname(file)] ?? "text/plain");
    return response.end(readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  await use(`http://127.0.0.1:${server.address().port}/`);
  server.close();
}

/** What the page at a URL found, and which URLs it asked for. */
async function shown(url) {
  const page = await browser.newPage();
  const [requests, errors] = [[], []];
  page.on("request", (request) => requests.push(request.url()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  await page
    .waitForFunction(() => globalThis.found !== undefined, undefined, { timeout: 20_000 })
    .catch((error) => assert.fail([error.message, ...errors].join("\n")));
  const found = await page.evaluate(() => globalThis.found);
  await page.close();
  assert.deepEqual(found, expected);
  return requests;
}

test("the programs are written as the README says", () => {
  const rows = [...table];
  const folders = readdirSync(bundlers, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !["dist", "node_modules"].includes(entry.name))
    .map(({ name }) => name);
  assert.deepEqual(rows.map(([, folder]) => folder).sort(), folders.sort());
  for (const [row, folder] of rows) {
    const written = [...readdirSync(join(bundlers, folder)).map((file) => join(folder, file))];
    const texts = [...written, "angular.json"].map((file) => readFileSync(join(bundlers, file)));
    for (const [, code] of row.matchAll(/`([^`]+)`/g)) {
      const isThere = code === `tests/bundlers/${folder}` || texts.join("\n").includes(code);
      assert.ok(isThere, `${folder}: ${code}`);
    }
  }
});

const page = (name) => cpSync(join(bundlers, "index.html"), join(output, name, "index.html"));

/** Builds the page of a folder and opens it. */
async function opened(name, ...command) {
  run(name, process.execPath, ...command);
  page(name);
  await served(join(output, name), shown);
}

const bin = (path) => join(bundlers, "node_modules", path);

test("esbuild", { skip }, () => opened("esbuild", "build.js", join(output, "esbuild")));

test("Rollup", { skip }, async () => {
  const values = ["--config", "--silent", "--dir", join(output, "rollup")];
  await opened("rollup", bin("rollup/dist/bin/rollup"), ...values);
});

test("Webpack", { skip }, () => opened("webpack", "build.js", join(output, "webpack")));

const vite = "vite/bin/vite.js";

test("Vite, built", { skip }, async () => {
  const values = ["build", "--logLevel", "warn", "--emptyOutDir", "--outDir"];
  run("vite", process.execPath, bin(vite), ...values, join(output, "vite"));
  await served(join(output, "vite"), shown);
});

test("Vite, served for development", { skip }, async () => {
  const { createServer } = await tool("vite");
  const cacheDir = join(output, "vite-cache");
  const server = await createServer({ root: join(bundlers, "vite"), cacheDir, logLevel: "warn" });
  await server.listen();
  try {
    await shown(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
});

test("Angular", { skip }, async () => {
  const architect = "@angular-devkit/architect-cli/bin/cli.js";
  run("", process.execPath, bin(architect), "app:build");
  await served(join(output, "angular/browser"), shown);
});

test("workerd", { skip }, async () => {
  run("workerd", process.execPath, "build.js", join(output, "workerd"));
  const { Miniflare } = await tool("miniflare");
  const worker = new Miniflare({
    cf: false,
    compatibilityDate: "2026-04-01",
    modulesRoot: join(output, "workerd"),
    modules: [
      { type: "ESModule", path: join(output, "workerd/main.js") },
      { type: "CompiledWasm", path: join(output, "workerd/mi_wasm.wasm") },
    ],
  });
  try {
    for (const request of [1, 2]) {
      const response = await worker.dispatchFetch("http://localhost/");
      assert.deepEqual(await response.json(), expected, `request ${request}`);
    }
  } finally {
    await worker.dispose();
  }
});

test("one HTML file, opened from a disk, asks for nothing else", { skip }, async () => {
  run("offline", process.execPath, "build.js", join(output, "offline"));
  const url = pathToFileURL(join(output, "offline/index.html")).href;
  assert.deepEqual(await shown(url), [url]);
});
