// Reviews, the documents that they are made of, and records that stay open.
import assert from "node:assert/strict";
import { test } from "node:test";
import * as mi from "../pkg/node.js";
import { correction, record } from "./page/record.js";

await mi.init();
const as_of = "2026-08-20";

/** A copy of the record with some fields in place of its own. */
const changed = (fields) => ({ ...structuredClone(record), ...fields });

test("a review is plain data about the day that was asked about", () => {
  const review = mi.review({ record, as_of });
  assert.deepEqual(
    [review.client, review.as_of, review.events, review.known_by],
    ["client-7", as_of, 7, undefined],
  );
  const [position] = review.positions.treatment_stage.targets;
  assert.deepEqual(position.target, { kind: "substance", code: "alcohol" });
  assert.deepEqual(JSON.parse(JSON.stringify(review)), review);
});

test("a review writes no null", () => {
  const text = JSON.stringify(mi.review({ record, as_of }));
  assert.ok(!text.includes("null"));
});

test("a record may be handed in as text", () => {
  const text = JSON.stringify(record);
  assert.deepEqual(mi.review({ record: text, as_of }), mi.review({ record, as_of }));
});

test("known_by leaves out what was recorded later", () => {
  const corrected = changed({ events: [...record.events, correction] });
  const known_by = "2026-08-11T00:00:00Z";
  const then = mi.review({ record: corrected, as_of, known_by });
  assert.deepEqual(then, { ...mi.review({ record, as_of }), known_by: "2026-08-11T00:00:00.000Z" });
  assert.notDeepEqual(mi.review({ record: corrected, as_of }), then);
});

test("a review in words is Markdown about the same day", () => {
  const text = mi.render({ record, as_of });
  assert.match(text, /^# .*client-7.*20 August 2026\n/);
  assert.ok(!text.includes("weekends"), "the client's own words are not repeated");
});

test("a review in words has a key for each part, and the page is made of it", () => {
  const [review, explained] = [mi.review({ record, as_of }), mi.explain({ record, as_of })];
  const keys = (parts) => parts.map(({ rule, target, about }) => ({ rule, target, about }));
  for (const section of ["safety", "discordance", "cautions", "plans", "notes"])
    assert.deepEqual(keys(explained[section]), keys(review[section]));
  assert.ok(mi.render({ record, as_of }).startsWith(`# ${explained.title}\n`));
  const live = mi.openRecord({ record });
  assert.deepEqual(live.explain({ as_of }), explained);
  live[Symbol.dispose]();
});

test("a review lists a service's own numbers beside the protocol's", () => {
  const numbers = { "regular_contact.count": 3 };
  const [override] = mi.review({ record, as_of, numbers }).protocol.overrides;
  assert.deepEqual(override, { parameter: "regular_contact.count", value: 3, default: 4 });
});

test("a protocol comes back as it was handed in, as an object or as text", () => {
  const protocol = mi.readProtocol({});
  assert.deepEqual(mi.readProtocol({ protocol }), protocol);
  assert.deepEqual(mi.readProtocol({ protocol: JSON.stringify(protocol) }), protocol);
  assert.deepEqual(mi.review({ record, as_of, protocol }), mi.review({ record, as_of }));
});

test("a protocol is described as reviews describe it", () => {
  const numbers = { "regular_contact.count": 3 };
  const described = mi.describeProtocol({ numbers });
  assert.deepEqual(described, mi.review({ record, as_of, numbers }).protocol);
  assert.match(described.sha256, /^[0-9a-f]{64}$/);
  assert.notEqual(described.sha256, mi.describeProtocol({}).sha256);
});

test("a record comes back in order, and the same when it is read again", () => {
  const shuffled = changed({ events: [correction, ...record.events].reverse() });
  const read = mi.readRecord({ record: shuffled });
  assert.deepEqual(read, changed({ events: [...record.events, correction] }));
  assert.deepEqual(mi.readRecord({ record: JSON.stringify(read) }), read);
});

test("null is read as absent and never written", () => {
  const [opened, ...rest] = record.events;
  const events = [{ ...opened, replaces: null }, ...rest];
  assert.deepEqual(mi.readRecord({ record: changed({ events }) }), record);
});

test("an amount comes back to its last digit", () => {
  const amounts = [0.1 + 0.2, 29990.405620453854, 5e-324, 999999999.9999999];
  const periods = amounts.map((amount) => ({
    from: "2026-07-04",
    to: "2026-08-02",
    use: { kind: "daily" },
    per_use_day: { amount, unit: "gram_ethanol" },
  }));
  const body = { kind: "use_report", substance: "alcohol", periods };
  const [opened] = record.events;
  const precise = changed({ events: [{ ...opened, body }] });
  assert.deepEqual(mi.readRecord({ record: precise }), precise);
});

test("an open record gives what a fresh one gives, after an event was appended too", () => {
  const live = mi.openRecord({ record });
  assert.deepEqual(live.review({ as_of }), mi.review({ record, as_of }));
  assert.equal(live.append({ event: correction }), undefined);
  live.append({ event: JSON.stringify(correction) });
  const corrected = changed({ events: [...record.events, correction] });
  assert.deepEqual(live.toJSON(), corrected);
  assert.equal(JSON.stringify({ live }), JSON.stringify({ live: live.toJSON() }));
  assert.deepEqual(live.review({ as_of }), mi.review({ record: corrected, as_of }));
  assert.equal(live.render({ as_of }), mi.render({ record: corrected, as_of }));
});

test("an open record keeps its protocol and numbers", () => {
  const numbers = { "regular_contact.count": 3 };
  const live = mi.openRecord({ record, numbers });
  assert.deepEqual(live.review({ as_of }), mi.review({ record, as_of, numbers }));
});

test("an event that does not fit leaves an open record as it was", () => {
  const live = mi.openRecord({ record });
  const event = { ...correction, replaces: "e99" };
  assert.throws(
    () => live.append({ event }),
    ({ problems: [problem] }) =>
      problem.code === "dangling_reference" && problem.path === "/replaces",
  );
  assert.deepEqual(live.toJSON(), record);
});

test("a record that was disposed of says so, and may be disposed of again", () => {
  const live = mi.openRecord({ record });
  live[Symbol.dispose]();
  live[Symbol.dispose]();
  for (const use of [() => live.review({ as_of }), () => live.toJSON(), () => live.append({})])
    assert.throws(use, /disposed of/);
});

test("cautions about a decisional balance depend on where the person stands", () => {
  const balance = { form: "neutral_grid", purpose: "evoke_change" };
  const rules = (standing) => mi.checkBalance({ balance, standing }).map(({ rule }) => rule);
  assert.ok(rules("ambivalent").includes("DB-02"));
  assert.ok(!rules("decided").includes("DB-02"));
});

test("the gaps of a plan depend on what is known of the person", () => {
  const plan = { kind: "relapse_prevention", high_risk_situations: [{ situation: "payday" }] };
  const verdict = (known) =>
    mi.checkPlan({ plan, ...known }).find(({ rule }) => rule === "RP-03")?.verdict;
  assert.equal(verdict({ dual: "yes" }), "met");
  assert.equal(verdict({ dual: "no" }), undefined);
  assert.equal(verdict({}), "unknown");
  assert.equal(verdict({ dual: "unknown" }), "unknown");
});
