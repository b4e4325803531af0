// The stated limits of documents: the code and pointer are those of the crate.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as mi from "../pkg/node.js";
import { record } from "./page/record.js";

await mi.init();

const TEXT_BYTES = 64 * 1024;
const EVENTS = 1_000_000;
const NESTING = 64;
const TARGETS = 1_000;

function codes(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof mi.MiError, String(error));
    return error.problems.map(({ path, code }) => `${code} ${path}`);
  }
  return [];
}

const nested = (levels) => "[".repeat(levels) + "]".repeat(levels);
const readRecord = (text) => codes(() => mi.readRecord({ record: text }));
const readProtocol = (text) => codes(() => mi.readProtocol({ protocol: text }));

test("a text has at most 64 KiB", () => {
  const [opened] = record.events;
  const crisis = (words) => ({ ...opened, id: "e9", body: { kind: "crisis", words } });
  const append = (words) => codes(() => mi.openRecord({ record }).append({ event: crisis(words) }));
  const read = (words) =>
    codes(() => mi.readRecord({ record: { ...record, events: [crisis(words)] } }));
  const longest = "é".repeat(TEXT_BYTES / 2);
  assert.deepEqual(append(longest), []);
  assert.deepEqual(read(longest), []);
  assert.deepEqual(append(`${longest}e`), ["limit_exceeded /body/words"]);
  assert.deepEqual(read(`${longest}e`), ["limit_exceeded /events/0/body/words"]);
});

test("a record has at most a million events", () => {
  const text = (count) =>
    `{"schema_version":1,"client":"c1","events":[${Array(count).fill(0).join(",")}]}`;
  assert.deepEqual(readRecord(text(EVENTS + 1)), ["limit_exceeded /events"]);
});

const [opened] = record.events;
const open = () => mi.openRecord({ record: { ...record, events: [] } });

test("a record speaks of at most a thousand targets", () => {
  const about = (number) => ({
    ...opened,
    id: `b${number}`,
    body: { kind: "ambivalence", target: { kind: "behavior", code: `b${number}` } },
  });
  const events = Array.from({ length: TARGETS + 1 }, (_, number) => about(number));
  const read = (count) => readRecord(JSON.stringify({ ...record, events: events.slice(0, count) }));
  assert.deepEqual(read(TARGETS), []);
  assert.deepEqual(read(TARGETS + 1), [`limit_exceeded /events/${TARGETS}/body/target`]);
});

test("a period of use has at most 120 years", () => {
  const periods = [{ from: "1900-01-01", to: "2026-08-20", use: { kind: "daily" } }];
  const body = { kind: "use_report", substance: "alcohol", periods };
  const append = () => open().append({ event: { ...opened, body } });
  assert.deepEqual(codes(append), ["limit_exceeded /body/periods/0/to"]);
});

test("a document has at most 64 levels", () => {
  for (const read of [readRecord, readProtocol]) {
    assert.deepEqual(read(nested(NESTING)), ["wrong_type "]);
    assert.deepEqual(read(nested(NESTING + 1)), ["limit_exceeded "]);
  }
});

test("a document may be nested as deep in an object as in text", () => {
  const deep = (levels) => `{"deep":${nested(levels - 1)}}`;
  const live = mi.openRecord({ record });
  const calls = [
    (document) => mi.readRecord({ record: document }),
    (document) => mi.readProtocol({ protocol: document }),
    (document) => live.append({ event: document }),
    (document) => mi.checkPlan({ plan: document }),
    (document) => mi.checkBalance({ balance: document, standing: "decided" }),
    (document) => mi.stageOfChange({ answers: document }),
  ];
  for (const call of calls) {
    for (const levels of [NESTING, NESTING + 1]) {
      const text = codes(() => call(deep(levels)));
      assert.deepEqual(
        codes(() => call(JSON.parse(deep(levels)))),
        text,
      );
      assert.equal(text.includes("limit_exceeded "), levels > NESTING, text);
    }
    let deepest = {}; // beyond what JSON.stringify follows
    for (let levels = 0; levels < 100_000; levels += 1) deepest = { deep: deepest };
    assert.deepEqual(
      codes(() => call(deepest)),
      ["limit_exceeded "],
    );
  }
});

test("no depth of nesting is followed to its end", () => {
  const starts = ["[", '{"events":', '{"body":[', '{"definitions":{"a":{"op":"not","of":'];
  for (const start of starts) {
    for (const read of [readRecord, readProtocol])
      assert.deepEqual(read(start.repeat(100_000)), ["limit_exceeded "]);
  }
});
