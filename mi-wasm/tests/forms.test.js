// Forms that a library makes of the schemas, as the book says: what nobody touched is not there.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { JSDOM } from "jsdom";
import * as mi from "../pkg/node.js";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const schema = JSON.parse(read("../pkg/schemas/record.schema.json"));

// What a form library expects of a browser, before it is loaded.
const { window } = new JSDOM();
const { document, Event, HTMLElement, navigator } = window;
Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
Object.assign(globalThis, { window, document, Event, HTMLElement, IS_REACT_ACT_ENVIRONMENT: true });
const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");
const { default: Form } = await import("@rjsf/core");
const { customizeValidator } = await import("@rjsf/validator-ajv8");
const { default: Ajv2020 } = await import("ajv/dist/2020.js");
const validator = customizeValidator({ AjvClass: Ajv2020 });

/** The settings that the book shows. */
const [, shown] = /^```json\n(\{[^`]*constAsDefaults[^`]*\})\n```/m.exec(
  read("../../docs/book/src/forms.md"),
);
const UNTOUCHED = JSON.parse(shown);

const kinds = schema.$defs.Body.oneOf.map((body) => [body.properties.kind.const, body]);

/** The form of a part of the schema, and how to submit it. */
async function formOf(part, experimental_defaultFormStateBehavior = UNTOUCHED) {
  const host = document.createElement("div");
  document.body.append(host);
  const root = createRoot(host);
  let given;
  const properties = {
    schema: { ...part, $defs: schema.$defs },
    validator,
    experimental_defaultFormStateBehavior,
    noValidate: true, // what it would submit, complete or not
    noHtml5Validate: true,
    onSubmit: ({ formData }) => (given = formData),
  };
  await act(() => root.render(createElement(Form, properties)));
  const submit = () =>
    act(() => host.querySelector("form").dispatchEvent(new Event("submit", { bubbles: true })));
  return {
    host,
    submitted: async () => {
      await submit();
      return given;
    },
    close: () => act(() => root.unmount()),
  };
}

async function untouched(part, behavior) {
  const form = await formOf(part, behavior);
  const given = await form.submitted();
  await form.close();
  return given;
}

test("an untouched form of a body says its kind and nothing else", async () => {
  assert.ok(kinds.length > 35);
  for (const [kind, body] of kinds) assert.deepEqual(await untouched(body), { kind });
});

test("an untouched form of a plan says its kind and nothing else", async () => {
  for (const plan of schema.$defs.Plan.oneOf)
    assert.deepEqual(await untouched(plan), { kind: plan.properties.kind.const });
});

test("an untouched form of an event, or of a record, says no more than what is always so", async () => {
  assert.deepEqual(await untouched(schema.$defs.Event), {});
  assert.deepEqual(await untouched(schema), { schema_version: 1 });
});

// Should this fail, the library has learned not to, and the book can be milder.
test("without these settings an untouched form would say what nobody said", async () => {
  const [, contact] = kinds.find(([kind]) => kind === "contact");
  const { outcome, place } = await untouched(contact, {});
  assert.deepEqual({ outcome, place }, { outcome: "kept", place: "clinic" });
});

/** Chooses or clears a code, as a user does. */
async function choose(host, name, title) {
  const select = host.querySelector(`select[id$="_${name}"]`);
  const option = [...select.options].find(({ text }) => text === title);
  assert.ok(option, `${name}: ${[...select.options].map(({ text }) => text).join(", ")}`);
  const set = Object.getOwnPropertyDescriptor(window.HTMLSelectElement.prototype, "value").set;
  await act(() => {
    set.call(select, option.value);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

test("a form shows codes in words, and a code that was cleared is absent again", async () => {
  const [, contact] = kinds.find(([kind]) => kind === "contact");
  const form = await formOf(contact);
  await choose(form.host, "outcome", "Kept");
  await choose(form.host, "channel", "In person");
  const chosen = { kind: "contact", outcome: "kept", channel: "in_person" };
  assert.deepEqual(await form.submitted(), chosen);
  await choose(form.host, "channel", "");
  const { channel, ...rest } = await form.submitted();
  assert.equal(channel, undefined);
  assert.deepEqual(rest, { kind: "contact", outcome: "kept" });
  await form.close();

  await mi.init();
  const event = { id: "e1", on: "2026-08-03", recorded: "2026-08-03T09:10:00.000Z", body: rest };
  const events = [{ ...event, by: { role: "nurse", id: "n1" } }];
  const record = { schema_version: 1, client: "client-7", events };
  assert.deepEqual(mi.readRecord({ record }), record);
});

/** Every part of a schema, with where it stands. */
function* parts(value, at = "") {
  if (typeof value !== "object" || value === null) return;
  yield [at, value];
  for (const [key, part] of Object.entries(value)) yield* parts(part, `${at}/${key}`);
}

for (const name of ["record", "protocol", "review"]) {
  test(`the schema of a ${name} has words for every part, and neither null nor default`, () => {
    const whole = JSON.parse(read(`../pkg/schemas/${name}.schema.json`));
    const untitled = [];
    for (const [at, part] of parts(whole)) {
      const named = ["$defs", "properties"].flatMap((key) => Object.entries(part[key] ?? {}));
      for (const [key, { title }] of named)
        if (!/^[A-Z1]/.test(title)) untitled.push(`${at} ${key}`);
      for (const { title } of part.oneOf ?? []) if (!/^[A-Z1]/.test(title)) untitled.push(at);
      const isSchema = !/\/(properties|\$defs)$/.test(at);
      if (isSchema) for (const key of ["enum", "anyOf", "default"]) assert.ok(!(key in part), at);
      assert.notEqual(part.type, "null", at);
      assert.ok(!Array.isArray(part.type), at);
    }
    assert.deepEqual(untitled, []);
  });
}
