// What is thrown, and for what.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as mi from "../pkg/node.js";
import { record } from "./page/record.js";

await mi.init();
const as_of = "2026-08-20";
const [opened] = record.events;

function problems(call) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof mi.MiError, String(error));
    return error.problems;
  }
  return assert.fail("nothing was thrown");
}
const codes = (call) => problems(call).map(({ path, code }) => `${code} ${path}`);

test("the problems of all events are reported, with pointers relative to it", () => {
  const events = [
    { ...opened, on: "2026-02-30" },
    { ...opened, id: "e 2", by: { role: "surgeon", id: "s1" } },
    { ...opened, body: { kind: "contact", outcome: "kept", mood: 3 } },
  ];
  const call = () => mi.review({ record: { ...record, events }, as_of });
  assert.deepEqual(codes(call), [
    "invalid_date /events/0/on",
    "invalid_text /events/1/id",
    "unknown_code /events/1/by/role",
    "unknown_field /events/2/body",
  ]);
});

test("an error is one line a problem, and never repeats the input", () => {
  const events = [
    { ...opened, on: "secret" },
    { ...opened, secret: "secret" },
  ];
  try {
    mi.readRecord({ record: { ...record, events } });
    assert.fail("nothing was thrown");
  } catch (error) {
    assert.equal(error.message.split("\n").length, 2);
    assert.ok(!JSON.stringify([error.message, error.stack, error.problems]).includes("secret"));
  }
});

test("text that is not JSON has a line and a column, within that text", () => {
  const [problem] = problems(() => mi.review({ record: '{\n  "client": ,\n}', as_of }));
  assert.deepEqual([problem.code, problem.path, problem.line], ["not_json", "", 2]);
  assert.ok(problem.column > 1);
});

test("text can hold what no object can: a field that stands twice", () => {
  const text = JSON.stringify(record).replace("{", '{"client":"client-8",');
  assert.deepEqual(
    codes(() => mi.readRecord({ record: text })),
    ["duplicate_field "],
  );
});

test("half of a surrogate pair is told where it stands, in text as in an object", () => {
  const [{ body, ...event }] = record.events;
  const half = "half a pair: \ud83d 😀";
  const found = (changed) => {
    const text = JSON.stringify(changed).replaceAll("\\ud83d", "\ud83d");
    assert.ok(/\p{Surrogate}/u.test(text));
    const inText = codes(() => mi.readRecord({ record: text }));
    assert.deepEqual(
      codes(() => mi.readRecord({ record: changed })),
      inText,
    );
    return inText;
  };
  const crisis = { ...event, body: { kind: "crisis", words: half } };
  assert.deepEqual(found({ ...record, events: [crisis] }), ["invalid_text /events/0/body/words"]);
  assert.deepEqual(found({ ...record, events: [{ ...event, [half]: body }] }), [
    "invalid_text /events/0",
  ]);
  assert.deepEqual(found({ ...record, client: `\\${half}` }), ["invalid_text /client"]);
});

test("a backslash before half of a surrogate pair makes no other text", () => {
  const text = JSON.stringify(record).replace(record.client, "client\\\udcff");
  assert.deepEqual(
    codes(() => mi.readRecord({ record: text })),
    ["not_json "],
  );
});

test("a document of a newer version is told apart from a malformed one", () => {
  const newer = { ...record, schema_version: 2 };
  assert.deepEqual(
    codes(() => mi.readRecord({ record: newer })),
    ["newer_schema /schema_version"],
  );
});

test("a call is read as strictly as a document", () => {
  const call = (value) => codes(() => mi.review(value));
  assert.deepEqual(call({ record, as_of, knwon_by: "2026-08-20T00:00:00Z" }), ["unknown_field "]);
  assert.deepEqual(call({ record }), ["missing_field "]);
  assert.deepEqual(call({ record, as_of: "20 August" }), ["invalid_date /as_of"]);
  assert.deepEqual(call({ record, as_of, known_by: "noon" }), ["invalid_instant /known_by"]);
  assert.deepEqual(call({ record: 7, as_of }), ["wrong_type "]);
  assert.deepEqual(call(), ["wrong_type "]);
  assert.deepEqual(call("2026-08-20"), ["wrong_type "]);
});

test("a service's own numbers are whole, in range and of a known name", () => {
  const call = (numbers) => codes(() => mi.describeProtocol({ numbers }));
  assert.deepEqual(call({ "regular_contact.count": 3.5 }), [
    "wrong_type /numbers/regular_contact.count",
  ]);
  assert.deepEqual(call({ "regular_contact.count": 100_000 }), [
    "out_of_range /numbers/regular_contact.count",
  ]);
  assert.deepEqual(call({ regular: 3 }), ["unknown_name /numbers"]);
});

test("a protocol is checked when it is read", () => {
  const { sources: _, ...protocol } = mi.readProtocol({});
  assert.deepEqual(
    codes(() => mi.readProtocol({ protocol })),
    ["missing_field "],
  );
});

test("forms point into the plan or balance", () => {
  const plan = { kind: "crisis", people_to_ask: [{ how: "by telephone" }] };
  assert.deepEqual(
    codes(() => mi.checkPlan({ plan })),
    ["missing_field /people_to_ask/0"],
  );
  const balance = { form: "grid" };
  assert.deepEqual(
    codes(() => mi.checkBalance({ balance, standing: "decided" })),
    ["unknown_code /form"],
  );
  assert.deepEqual(
    codes(() => mi.checkBalance({ balance, standing: "sure" })),
    ["unknown_code /standing"],
  );
});

test("what has no JSON form is a TypeError, never another value", () => {
  const loop = {};
  loop.loop = loop;
  const values = [
    new Map([["regular_contact.count", 3]]),
    new Set(),
    new Uint8Array(2),
    Promise.resolve(3),
    () => 3,
    Symbol("three"),
    Number.NaN,
    Number.POSITIVE_INFINITY,
    3n,
    new Date(Number.NaN),
    loop,
  ];
  for (const value of values) {
    assert.throws(() => mi.describeProtocol({ numbers: value }), TypeError);
    assert.throws(
      () => mi.describeProtocol({ numbers: { "regular_contact.count": value } }),
      TypeError,
    );
  }
});

test("what holds itself is a TypeError that names no key", () => {
  const loop = { secret: {} };
  loop.secret.secret = loop;
  const list = [];
  list.push({ secret: list });
  for (const value of [loop, list])
    assert.throws(
      () => mi.readRecord({ record: value }),
      (error) => error instanceof TypeError && /^mi-wasm: (?!.*secret)/s.test(error.message),
    );
});

test("what stands twice does not hold itself", () => {
  const by = { ...opened.by };
  const events = [
    { ...opened, by },
    { ...opened, id: "e9", by },
  ];
  assert.equal(mi.readRecord({ record: { ...record, events } }).events.length, 2);
});

test("an absent, undefined or null argument is the same, and a date writes itself", () => {
  const absent = mi.review({ record, as_of });
  assert.deepEqual(mi.review({ record, as_of, known_by: undefined, numbers: null }), absent);
  const known_by = new Date("2026-08-20T00:00:00Z");
  assert.equal(mi.review({ record, as_of, known_by }).known_by, known_by.toISOString());
});

test("a name that is no parameter's stands in no error", () => {
  const numbers = { "anna.smith": null };
  assert.throws(
    () => mi.describeProtocol({ numbers }),
    ({ message, problems: [{ code, path }] }) =>
      code === "unknown_name" && path === "/numbers" && !message.includes("anna"),
  );
});
