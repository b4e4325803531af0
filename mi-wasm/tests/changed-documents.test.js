// Documents changed at random: what comes of them is what comes of them in the core.
// `cargo xtask fuzz --write target/changed-documents.jsonl 400` writes them, each with its outcome.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import * as mi from "../pkg/node.js";

await mi.init();

const root = new URL("../../", import.meta.url);
const target = process.env.CARGO_TARGET_DIR;
const folder = target ? pathToFileURL(`${target}/`) : new URL("target/", root);
const file = new URL("changed-documents.jsonl", folder);
const record = readFileSync(new URL("mi-core/examples/records/two-years.json", root), "utf8");
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The form of RFC 8785. */
const canonical = (value) =>
  JSON.stringify(value, (_, item) =>
    Object.prototype.toString.call(item) === "[object Object]"
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );

/** What comes of a document. */
function outcome({ kind, text, as_of }) {
  try {
    if (kind === "texts") return { sha256: sha256(mi.render({ record, as_of, texts: text })) };
    return { sha256: sha256(canonical(mi.review({ record, as_of, [kind]: text }))) };
  } catch (error) {
    assert.ok(error instanceof mi.MiError, String(error));
    return { problems: error.problems.map(({ code, path }) => [code, path]) };
  }
}

test(
  "changed documents come out as in the core",
  { skip: existsSync(file) ? false : "cargo xtask fuzz has written no documents" },
  () => {
    for (const line of readFileSync(file, "utf8").split("\n").slice(0, -1)) {
      const { seed, problems, sha256, ...document } = JSON.parse(line);
      const expected = problems ? { problems } : { sha256 };
      assert.deepEqual(outcome(document), expected, `seed ${seed}`);
    }
  },
);
