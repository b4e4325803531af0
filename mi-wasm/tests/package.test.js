// The package as `cargo xtask wasm` laid it out, in node.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as web from "../pkg/index.js";
import * as mi from "../pkg/node.js";

const read = (path) => readFileSync(new URL(path, import.meta.url));

test("a call before init says what is missing", () => {
  assert.throws(() => mi.version(), /await init\(\) before the first call/);
});

test("init starts once, however often it is called", async () => {
  const first = mi.init();
  assert.equal(mi.init(), first);
  assert.equal(await first, undefined);
  assert.equal(await mi.init(), undefined);
});

test("one version stands in the workspace, the package and the module", async () => {
  await mi.init();
  const [, version] = /^version = "(.+)"/m.exec(read("../../Cargo.toml"));
  assert.equal(mi.version(), version);
  assert.equal(JSON.parse(read("../pkg/package.json")).version, version);
});

test("both entries export what the types declare, and no more", () => {
  const declared = String(read("../pkg/index.d.ts")).matchAll(
    /^export (?:declare )?(?:class|const|function) (\w+)/gm,
  );
  const names = [...new Set([...declared].map(([, name]) => name))].sort();
  assert.deepEqual(Object.keys(mi).sort(), names);
  assert.deepEqual(Object.keys(web).sort(), names);
});

test("an error is an Error with problems", () => {
  const problems = [{ path: "/events/0/on", code: "invalid_date", expected: "a date" }];
  const error = new mi.MiError("expected a date at /events/0/on", problems);
  assert.ok(error instanceof Error);
  assert.equal(String(error), "MiError: expected a date at /events/0/on");
  assert.deepEqual(Object.keys(error), ["problems"]);
  assert.equal(error.problems, problems);
});

test("the module stays below 540 kB on the wire", () => {
  assert.ok(gzipSync(read("../pkg/mi_wasm.wasm")).length < 540_000);
});
