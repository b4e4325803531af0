// A user's program: it has to type-check against the installed package, and then to run.
import {
  checkBalance,
  checkPlan,
  describeProtocol,
  init,
  MiError,
  openRecord,
  readProtocol,
  readRecord,
  readTexts,
  render,
  review,
  stageOfChange,
  version,
  type AsOfArguments,
  type BalanceArguments,
  type Body,
  type ClientRecord,
  type ErrorKind,
  type Event,
  type Finding,
  type Flag,
  type Numbers,
  type OpenArguments,
  type OpenRecord,
  type PlanArguments,
  type PlanGap,
  type Problem,
  type Protocol,
  type ProtocolArguments,
  type ProtocolUsed,
  type RecordArguments,
  type Review,
  type ReviewArguments,
  type StageArguments,
  type Standing,
} from "mi-wasm";
import { screen } from "./explanation.js";
import { changes } from "./overlay.js";
import { page } from "./protocol.js";
import { everyKind } from "./record.js";
import { answered, lines, sections } from "./review.js";

const opened: Event = {
  id: "e1",
  on: "2026-08-03",
  recorded: "2026-08-03T09:10:00.000Z",
  by: { role: "nurse", id: "n1" },
  body: { kind: "episode_opened", contact_log: "complete" },
};
const record: ClientRecord = { schema_version: 1, client: "client-7", events: [opened] };
const today: AsOfArguments = { as_of: "2026-11-22" };
const numbers: Numbers = { "regular_contact.count": 3 };

// @ts-expect-error A closed list of codes holds no other.
export const misspelt: Body = { kind: "contact", outcome: "atended" };
// @ts-expect-error A body has the fields of its own kind and no other.
export const mixed: Body = { kind: "contact", outcome: "kept", contact_log: "complete" };
// @ts-expect-error What is not known is absent, not null.
export const empty: Body = { kind: "contact", outcome: "kept", place: null };

/** The kind of an event tells which fields its body has. */
export function place(body: Body): string | undefined {
  return body.kind === "contact" ? body.place : undefined;
}

export function describe(error: unknown): string {
  if (!(error instanceof MiError)) throw error;
  const [first]: readonly Problem[] = error.problems;
  const code: ErrorKind | undefined = first?.code;
  return first ? `${code} at ${first.path}: ${first.expected}` : error.name;
}

function forms(choice: ProtocolArguments): [Finding[], PlanGap[]] {
  const standing: Standing = "ambivalent";
  const balance: BalanceArguments = {
    ...choice,
    balance: { form: "neutral_grid", good_of_changing: [{ words: "mornings", weight: 8 }] },
    standing,
  };
  const plan: PlanArguments = {
    ...choice,
    plan: { kind: "relapse_prevention", lapse_steps: ["call the team"] },
    dual: "yes",
    opioid_history: "unknown",
  };
  return [checkBalance(balance), checkPlan(plan)];
}

function stage(choice: ProtocolArguments): string {
  const of: StageArguments = {
    ...choice,
    answers: { on: "2026-11-22", changed: "yes", changed_on: "2026-09" },
  };
  return answered(stageOfChange(of));
}

function live(of: OpenArguments): [Review, ClientRecord] {
  using open: OpenRecord = openRecord(of);
  open.append({
    event: { ...opened, id: "e2", on: "2026-08-10", body: { kind: "contact", outcome: "kept" } },
  });
  return [open.review(today), open.toJSON()];
}

/** What a dashboard shows of a record of every kind, and what it has no line for. */
function dashboard(protocol: Protocol): [Event[], string[]] {
  const whole = readRecord({ record: everyKind("client-8", "nurse", "n1") });
  const shown = sections(review({ record: whole, as_of: "2026-05-11", protocol }));
  return [whole.events, [...shown].flatMap(([name, lines]) => (lines === 0 ? [name] : []))];
}

export async function main(): Promise<string> {
  await init();
  const protocol: Protocol = readProtocol({ numbers });
  const used: ProtocolUsed = describeProtocol({ protocol });
  const kept: RecordArguments = { record: readRecord({ record: JSON.stringify(record) }) };
  const arguments_: ReviewArguments = { ...kept, ...today, known_by: "2026-11-22T12:00:00Z" };
  const flags: Flag[] = review({ ...arguments_, protocol }).safety;
  const [found, gaps] = forms({ protocol });
  const [, { client, events }] = live({ ...kept, protocol });
  const traces = found.flatMap(({ trace }) => lines(trace));
  if (!render(arguments_).startsWith(`# `)) throw new Error("no heading");
  if (screen(arguments_) < 10) throw new Error("no words");
  if (changes().length !== 1) throw new Error("no overlay");
  const [all, blank] = dashboard(protocol);
  const listed = [flags, traces, gaps, events, all, page(protocol, readTexts({ protocol }))];
  const counts = listed.map(({ length }) => length);
  return [version(), used.id, ...counts, ...blank, client, stage({ protocol })].join(" ");
}
