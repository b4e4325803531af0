// Runs `tests/vectors/*.json`, which the Rust and Python packages run too. Their README says what a
// case holds.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import * as mi from "../pkg/node.js";

await mi.init();

const folder = new URL("../../tests/vectors/", import.meta.url);
const read = (name) => JSON.parse(readFileSync(new URL(name, folder), "utf8"));

/** What stands at a JSON Pointer. */
const at = (value, pointer) =>
  pointer
    .split("/")
    .slice(1)
    .reduce((part, key) => part[key], value);

/** Sets or removes what stands at a pointer; `-` appends to a list. */
function edit(document, { path, value }) {
  const slash = path.lastIndexOf("/");
  const [parent, key] = [at(document, path.slice(0, slash)), path.slice(slash + 1)];
  if (key === "-") parent.push(value);
  else if (value !== undefined) parent[key] = value;
  else if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return document;
}

/** The default protocol with what a case sets or removes in it. */
const edited = (edits) => edits?.reduce(edit, mi.readProtocol({}));

/** The English of the default protocol with what a case sets or removes in it. */
function readTexts({ edits, texts }) {
  const read = { texts: texts.reduce(edit, mi.readTexts({})), protocol: edited(edits) };
  const { language, schema_version } = mi.readTexts(read);
  return { language, schema_version };
}

/** What a protocol has from overlays. */
function overlay(asked) {
  const { id, version, off = [], overlays, parameters } = mi.readProtocol(asked);
  for (const one of overlays) {
    delete one.sha256;
    delete one.extends.sha256;
  }
  const own = Object.entries(parameters).filter(([, number]) => "default" in number);
  const numbers = Object.fromEntries(own.map(([name, { value }]) => [name, value]));
  return { id, version, off, overlays, numbers };
}

/** What each suite runs. */
const SUITES = {
  balance: mi.checkBalance,
  explain: mi.explain,
  plan: mi.checkPlan,
  // Null is an absent argument; the text of it is a document.
  protocol: (protocol) => mi.readProtocol({ protocol: protocol ?? "null" }),
  overlay,
  protocol_edit: ({ edits }) => mi.readProtocol({ protocol: edited(edits) }),
  record: (record) => mi.readRecord({ record }),
  render: ({ record: named, as_of }) => {
    const example = () => read(`../../mi-core/examples/records/${named}.json`);
    const page = mi.render({ record: typeof named === "string" ? example() : named, as_of });
    assert.doesNotMatch(page, /[{}]/, "a place in a sentence is not filled");
    return page;
  },
  review: ({ edits, ...asked }) => mi.review({ ...asked, protocol: edited(edits) }),
  stage_of_change: mi.stageOfChange,
  texts: readTexts,
};

/** Is `part` a part of `whole`: of an object some keys, of a list some elements in that order? */
function holds(whole, part) {
  if (Array.isArray(part)) {
    let next = 0;
    return part.every((one) => {
      const found = whole?.findIndex?.((other, index) => index >= next && holds(other, one)) ?? -1;
      next = found + 1;
      return found >= 0;
    });
  }
  if (typeof part !== "object") return whole === part;
  return Object.entries(part).every(([key, one]) => holds(whole?.[key], one));
}

/** The form of RFC 8785. */
const canonical = (value) =>
  JSON.stringify(value, (_, item) =>
    Object.prototype.toString.call(item) === "[object Object]"
      ? Object.fromEntries(Object.entries(item).sort(([one], [other]) => (one < other ? -1 : 1)))
      : item,
  );

/** Every key and every text of a document. */
const texts = (value) => {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(texts);
  return value instanceof Object ? [...Object.keys(value), ...texts(Object.values(value))] : [];
};

// Field names, arguments and codes of the library's own, and examples that errors name.
const vocabulary = new Set([
  ...["as_of", "known_by", "numbers"],
  ...["record", "protocol", "overlay", "texts"].flatMap((name) =>
    texts(read(`../../docs/schemas/${name}.schema.json`)),
  ),
  // Errors about a protocol name what it defines.
  ...["protocol", "sources"].flatMap((name) =>
    texts(read(`../../mi-core/content/protocols/dual-diagnosis/1.0.0/${name}.json`)),
  ),
]);

/** What an overlay defines, of which its errors may speak, and a word of the library's own. */
const added = ({ parameters, definitions, sources, rules = [] } = {}) => [
  "overlay",
  ...Object.keys({ ...parameters, ...definitions, ...sources }),
  ...rules.map(({ id }) => id),
];
const EXAMPLES = ["2026-08-03T09:10:00.000Z", "acme.sleep_hours", "true or false"];

/** The words of an input that its error repeats: none but names of a protocol, in a path. */
function echoes(input, { message, problems }) {
  const shown = EXAMPLES.reduce(
    (text, example) => text.replaceAll(example, ""),
    [message, ...problems.flatMap(({ path, expected }) => [path, expected])].join(" "),
  );
  const edits = [...(input?.edits ?? []), ...(input?.texts ?? [])];
  const paths = edits.map(({ path }) => path);
  const named = [
    ...edits.map(({ value }) => value?.id),
    ...added(input?.overlay),
    ...paths,
    ...paths.flatMap((path) => path.split("/")),
    ...Object.keys(input?.numbers ?? {}),
  ];
  const text = typeof input === "string" ? input : JSON.stringify(input);
  const words = text.split('"').filter((word) => word.length > 3 && !vocabulary.has(word));
  return words.filter((word) => !named.includes(word) && shown.includes(word));
}

/** The events of a record whose suite gives some of them by name. */
const writtenOut = (given, events) =>
  events
    .flatMap((event) => {
      if (typeof event !== "string") return event;
      const [days, name] = event.split(/: (.*)/);
      return days.split(", ").flatMap((on) => given[name].map((named) => ({ ...named, on })));
    })
    .map((event, index) => {
      const place = String(index + 1).padStart(2, "0");
      const recorded = `${`${event.on}-01-01`.slice(0, 10)}T09:${place}:00.000Z`;
      return { id: `e${index + 1}`, recorded, ...event };
    });

/** What the digest of a result is made of: a new rule would change all reviews by the rest. */
function hashed(suite, result) {
  // The last line of a page says which rules and words these are.
  if (suite === "render") return result.trimEnd().replace(/\n.*$/, "");
  if (suite === "explain") return { ...result, foot: undefined, summary: undefined };
  if (suite !== "review") return result;
  const { version: _version, sha256: _sha256, ...protocol } = result.protocol;
  return { ...result, protocol };
}

function check(suite, { input, gives, expect, only = {}, lacks = {}, error }) {
  if (error !== undefined) {
    const outcome = {};
    assert.throws(
      () => SUITES[suite](input),
      (thrown) => (outcome.thrown = thrown) instanceof mi.MiError,
    );
    const found = outcome.thrown.problems.map(({ expected: _, ...place }) => place);
    assert.deepEqual(found, error);
    return assert.deepEqual(echoes(input, outcome.thrown), []);
  }
  const result = SUITES[suite](input);
  if (gives !== undefined) assert.deepEqual(result, gives);
  if (expect !== undefined && !holds(result, expect)) assert.deepEqual(result, expect);
  for (const [pointer, parts] of Object.entries(only)) {
    assert.equal(at(result, pointer).length, parts.length);
    assert.ok(holds(at(result, pointer), parts));
  }
  for (const [pointer, parts] of Object.entries(lacks))
    for (const part of parts) assert.ok(!at(result, pointer).some((one) => holds(one, part)));
  return createHash("sha256")
    .update(canonical(hashed(suite, result)))
    .digest("hex");
}

const digests = {};
for (const name of readdirSync(folder).sort()) {
  if (name === "digests.json" || !name.endsWith(".json")) continue;
  const { suite, given, cases } = read(name);
  for (const vector of cases) {
    const record = vector.input?.record;
    if (given !== undefined) record.events = writtenOut(given, record.events);
    const id = `${suite}/${vector.id}`;
    test(`${id}: ${vector.about}`, () => {
      assert.ok(suite in SUITES, `no runner for the suite ${suite}`);
      const digest = check(suite, vector);
      if (digest !== undefined) digests[id] = digest;
    });
  }
}

test("every result has the same bytes as in Rust", () => {
  const inRust = read("digests.json");
  const names = Object.keys({ ...digests, ...inRust });
  assert.deepEqual(
    names.filter((name) => digests[name] !== inRust[name]),
    [],
  );
});
