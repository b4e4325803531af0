// From where `init` takes the wasm module. It starts once a process, so each source gets a copy of
// the package's modules of its own.
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";

const pkg = fileURLToPath(new URL("../pkg", import.meta.url));
const bytes = readFileSync(join(pkg, "mi_wasm.wasm"));
const { version } = JSON.parse(readFileSync(join(pkg, "package.json")));
const copies = mkdtempSync(join(tmpdir(), "mi-wasm-"));

/** What a server answers, by path. */
const ANSWERS = {
  "/typed.wasm": [200, "application/wasm", bytes],
  "/untyped.wasm": [200, "application/octet-stream", bytes],
  "/page.html": [200, "text/html", "<!doctype html><p>canary</p>"],
};
const server = createServer(({ url }, response) => {
  const [status, type, body] = ANSWERS[url] ?? [404, "text/plain", "canary"];
  response.writeHead(status, { "content-type": type }).end(body);
});

let origin;
before(async () => {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.close();
  rmSync(copies, { recursive: true });
});

let count = 0;

/** A copy of the package that has not started yet. */
async function fresh(entry = "node.js") {
  const copy = join(copies, String((count += 1)));
  cpSync(pkg, copy, { recursive: true });
  return [await import(pathToFileURL(join(copy, entry))), copy];
}

/** Of a foreign realm, as what comes from a frame or a test's sandbox is. */
const foreign = (program) => runInContext(program, createContext({ bytes, WebAssembly }));

const SOURCES = {
  "a file URL": () => pathToFileURL(join(pkg, "mi_wasm.wasm")),
  "a file URL as text": () => pathToFileURL(join(pkg, "mi_wasm.wasm")).href,
  "an http URL": () => `${origin}/typed.wasm`,
  "a data URL": () => `data:application/wasm;base64,${bytes.toString("base64")}`,
  "a Node buffer": () => bytes,
  "an ArrayBuffer": () => new Uint8Array(bytes).buffer,
  "a part of a buffer": () => new DataView(Buffer.concat([Buffer.alloc(9), bytes]).buffer, 9),
  "bytes of another realm": () => foreign("new Uint8Array(bytes)"),
  "a Response": () => new Response(bytes, { headers: { "content-type": "application/wasm" } }),
  "the promise of a Response": () => fetch(`${origin}/untyped.wasm`),
  "a module": () => new WebAssembly.Module(bytes),
  "the promise of a module": () => WebAssembly.compile(bytes),
};

for (const [name, source] of Object.entries(SOURCES)) {
  for (const entry of name.includes("file") ? ["node.js"] : ["node.js", "index.js"]) {
    test(`init of ${entry} takes ${name}`, async () => {
      const [mi] = await fresh(entry);
      assert.equal(await mi.init(source()), undefined);
      assert.equal(mi.version(), version);
      await mi.init("further calls change nothing");
      assert.equal(mi.version(), version);
    });
  }
}

/** A wasm file without imports, exports or mark. */
const empty = bytes.subarray(0, 8);
/** The mark of another version, of the same length. */
const other = Buffer.from(bytes);
other.write("9".repeat(version.length), bytes.length - version.length);

const kinds = /^mi-wasm: init takes a URL, the bytes of the wasm file, a Response or a WebAssembly/;
const REFUSED = {
  null: [() => null, kinds],
  "a number": [() => 5, kinds],
  "an object": [() => ({ client: "canary" }), kinds],
  "a list": [() => [0, 97, 115, 109], kinds],
  "a namespace of a module": [() => import("../pkg/errors.js"), kinds],
  "a text that is no URL": [() => JSON.stringify({ client: "canary" }), /a whole URL/],
  "a path": [() => "/canary/mi_wasm.wasm", /a whole URL/],
  "no bytes": [() => new Uint8Array(), /no wasm file/],
  "other bytes": [() => Buffer.from("canary"), /no wasm file/],
  "the page that a server answers with": [() => fetch(`${origin}/page.html`), /no wasm file/],
  "what a server does not have": [() => `${origin}/canary`, /HTTP status 404/],
  "another module": [() => empty, /another module than that of mi-wasm \d/],
  "the module of another version": [() => other, /another module than that of mi-wasm \d/],
};

test("a bad source is a TypeError that repeats nothing, and init can be tried again", async () => {
  for (const entry of ["node.js", "index.js"]) {
    const [mi] = await fresh(entry);
    for (const [name, [source, message]] of Object.entries(REFUSED)) {
      await assert.rejects(
        async () => mi.init(await source()),
        (error) => {
          assert.ok(error instanceof TypeError, `${name}: ${error}`);
          assert.match(error.message, message, name);
          assert.ok(!`${error.stack}${JSON.stringify(error)}`.includes("canary"), name);
          assert.equal(error.cause, undefined);
          return true;
        },
      );
      assert.throws(() => mi.version(), /await init\(\) before the first call/);
    }
    await mi.init(bytes);
    assert.equal(mi.version(), version);
  }
});

test("a wasm file that broke off is the platform's error, and init can be tried again", async () => {
  const [mi] = await fresh();
  await assert.rejects(mi.init(bytes.subarray(0, 5000)), WebAssembly.CompileError);
  await mi.init(bytes);
  assert.equal(mi.version(), version);
});

test("init without a source can be tried again when the file was not there", async () => {
  const [mi, copy] = await fresh();
  const file = join(copy, "mi_wasm.wasm");
  rmSync(file);
  await assert.rejects(mi.init(), { code: "ENOENT" });
  writeFileSync(file, bytes);
  await mi.init();
  assert.equal(mi.version(), version);
});

test("calls at the same time load the module once", async () => {
  const [mi] = await fresh();
  const first = mi.init(bytes);
  assert.equal(mi.init(), first);
  await first;
  assert.equal(mi.init("any"), first);
});
