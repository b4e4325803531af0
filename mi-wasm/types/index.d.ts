/// <reference lib="esnext.disposable" />
import type {
  AnsweredStage,
  Answers,
  CalendarDate,
  ClientRecord,
  DecisionalBalance,
  ErrorKind,
  Event,
  Explanation,
  Finding,
  Instant,
  Overlay,
  Plan,
  PlanGap,
  Protocol,
  ProtocolUsed,
  Review,
  Standing,
  Texts,
  Truth,
} from "./documents.js";

export type * from "./documents.js";

/** One thing that is wrong with an input. */
export interface Problem {
  /**
   * Where: a JSON Pointer (RFC 6901) into the document that was handed in (the record, protocol,
   * event, plan, balance or answers), never into the call: `/events/0/on`, not `/record/events/0/on`. What
   * is no document has a pointer of its own, such as `/as_of`. An unknown field points at its
   * parent.
   */
  path: string;
  /** What kind of problem it is; the same code in Rust, Python and JavaScript. */
  code: ErrorKind;
  /** What should have stood there. What was found is never repeated: it may be clinical. */
  expected: string;
  /** The line, from 1, where the input is text that is not JSON. */
  line?: number;
  /**
   * The column, from 1, where the input is text that is not JSON. It counts the bytes of UTF-8: a
   * letter beyond ASCII, such as é, is two or more.
   */
  column?: number;
}

/**
 * Thrown by every function that reads an input. What has no JSON form at all, such as a `Map`, a
 * `BigInt` or `NaN`, is a `TypeError` instead.
 */
export class MiError extends Error {
  private constructor();
  readonly name: "MiError";
  /** What is wrong with the input: at least one problem. */
  readonly problems: readonly Problem[];
}

/** A service's own numbers, whole, by the name of the protocol's parameter. */
export interface Numbers {
  [parameter: string]: number;
}

/** By which protocol. */
export interface ProtocolArguments {
  /** The protocol, as an object or as JSON text; the library's own default when absent. */
  protocol?: Protocol | string;
  /** A service's difference to that protocol, as an object or as JSON text. */
  overlay?: Overlay | string;
  /** A service's own numbers in place of the protocol's, each within the range that it states. */
  numbers?: Numbers;
}

/** About which day. */
export interface AsOfArguments {
  /** The day that is asked about. There is no clock inside: "today" is for you to say. */
  as_of: CalendarDate;
  /** Only what was recorded by this instant counts; everything when absent. */
  known_by?: Instant;
}

/** Of which record. */
export interface RecordArguments {
  /** The record, as an object or, which is faster, as the JSON text that you keep of it. */
  record: ClientRecord | string;
}

/** What a review takes. */
export interface ReviewArguments extends RecordArguments, AsOfArguments, ProtocolArguments {}

/** In which words. */
export interface TextsArguments {
  /** Words of the protocol, as an object or as JSON text; its English when absent. */
  texts?: Texts | string;
}

/** What a review in words takes. */
export interface RenderArguments extends ReviewArguments, TextsArguments {}

/** What is needed to keep a record open. */
export interface OpenArguments extends RecordArguments, ProtocolArguments, TextsArguments {}

/** What the cautions about a decisional balance depend on. */
export interface BalanceArguments extends ProtocolArguments {
  /** The balance, as an object or as JSON text. */
  balance: DecisionalBalance | string;
  /** Where the person stands on the change. */
  standing: Standing;
}

/** What the gaps of a plan depend on. */
export interface PlanArguments extends ProtocolArguments {
  /** The plan, as an object or as JSON text. */
  plan: Plan | string;
  /** Whether there are both a mental-health and a substance-use concern; unknown when absent. */
  dual?: Truth;
  /** Whether any use of, or treatment for the use of, opioids is known; unknown when absent. */
  opioid_history?: Truth;
}

/** What the stage of change follows from. */
export interface StageArguments extends ProtocolArguments {
  /**
   * The answers and the day `on` which they were given, as an object or as JSON text. An answer
   * that is absent is unknown, and leaves open what rests on it.
   */
  answers: Answers | string;
}

/** A type of the platform (the DOM's, Node's), where the program's configuration has it. */
type Platform<Name extends string> =
  typeof globalThis extends Record<Name, { prototype: infer Type extends object }> ? Type : never;

/** A compiled module, where the program's configuration knows of WebAssembly. */
type CompiledModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Type } };
}
  ? Type & object
  : never;

/**
 * Where the WebAssembly module comes from: the URL of the package's `mi_wasm.wasm`, its bytes, a
 * `Response` that brings it, or the module compiled already. A text is a URL, in a page or worker
 * relative to that; Node reads `file:` too.
 */
export type ModuleSource =
  string | Platform<"URL"> | ArrayBuffer | ArrayBufferView | Platform<"Response"> | CompiledModule;

/**
 * Loads the WebAssembly module. Await it once before anything else; further calls change nothing,
 * whatever they are given, and after a failure the next call tries again.
 *
 * @param source Where the module comes from, or the promise of it; when absent, the file that
 * stands beside the package's own, which Node, a plain page, Vite, Webpack and others find without
 * help. `import source from "mi-wasm/mi_wasm.wasm"` is what other bundlers make of it.
 *
 * @example
 * await init(); // or one of
 * await init(new URL("/static/mi_wasm.wasm", location.href));
 * await init(fetch("/static/mi_wasm.wasm"));
 *
 * @throws {TypeError} What is no such source; a response that failed; bytes that are no wasm file;
 * the module of another version of this package. What was found is not repeated.
 * @throws {Error} Whatever the platform says of a file that is not there, a connection that is
 * lost, or a policy that forbids WebAssembly.
 */
export function init(source?: ModuleSource | PromiseLike<ModuleSource>): Promise<void>;

/** The version of this package; the Rust crate and the Python package carry the same one. */
export function version(): string;

/**
 * Explains where a person is and what the evidence supports next, as of a day.
 *
 * A valid record and a valid protocol always have a review.
 *
 * @example
 * const { safety, to_ask_next } = review({ record, as_of: "2026-11-22" });
 *
 * @throws {MiError} The problems of all events of the record, each read up to its first, or
 * whatever is wrong with another argument.
 */
export function review(of: ReviewArguments): Review;

/**
 * The same review in words, part by part: each flag, position, finding, step, gap of a plan and
 * question under the key that it has in the review, for a screen of your own.
 *
 * @example
 * for (const { title, who, action } of explain({ record, as_of: "2026-11-22" }).safety)
 *   show(title, `${who}: ${action}`);
 *
 * @throws {MiError} As {@link review} and {@link readTexts}.
 */
export function explain(of: RenderArguments): Explanation;

/**
 * The same words as a page: Markdown that a clinician reads in two minutes, in the language of the
 * texts. The client's own words are not repeated in it.
 *
 * @throws {MiError} As {@link review} and {@link readTexts}.
 */
export function render(of: RenderArguments): string;

/**
 * Keeps a record and a protocol parsed, for forms that ask at every keystroke. It is the one thing
 * of this package that holds memory: `using live = openRecord({ record })` gives it back at once,
 * otherwise a garbage collection does.
 *
 * @throws {MiError} As {@link review}.
 */
export function openRecord(of: OpenArguments): OpenRecord;

/** A record and a protocol that stay parsed. */
export interface OpenRecord {
  /**
   * Adds one event, wherever its day puts it. An event that is there already changes nothing.
   *
   * @throws {MiError} With pointers relative to the event: what is wrong with it; `duplicate_id`
   * for the id of another event; `dangling_reference` for a reference that leads nowhere. The
   * record then stays as it was.
   */
  append(of: { event: Event | string }): void;
  /** As {@link review}. */
  review(of: AsOfArguments): Review;
  /** As {@link explain}. */
  explain(of: AsOfArguments): Explanation;
  /** As {@link render}. */
  render(of: AsOfArguments): string;
  /** The record as it stands now, for `JSON.stringify` too. */
  toJSON(): ClientRecord;
  /** Gives its memory back; it cannot be used afterwards. */
  [Symbol.dispose](): void;
}

/**
 * Reads a record and gives it back as it is kept: events by day, by when they were recorded and by
 * id; absent fields absent; instants with three decimals.
 *
 * @throws {MiError} The problems of all events, each read up to its first: mark the fields of a
 * form by them.
 */
export function readRecord(of: RecordArguments): ClientRecord;

/**
 * Reads and checks a protocol and gives it back, with what an overlay changes and a service's own
 * numbers.
 *
 * @throws {MiError} An unknown fact, a wrong unit, a name that leads nowhere, a step that cannot
 * be reached, a flag that no record can raise, a rule without source, a number out of its range or
 * at odds with another.
 */
export function readProtocol(of: ProtocolArguments): Protocol;

/**
 * Reads words of a protocol in one language, checks them against it and gives them back; its
 * English where none are handed in, which is what a translator begins with.
 *
 * @throws {MiError} A rule, number, fact, kind of event, field, code or phrase without its words,
 * words for something that there is not, a place such as `{target}` that nothing fills.
 */
export function readTexts(of: TextsArguments & ProtocolArguments): Texts;

/**
 * Says which protocol it is: its id, version and SHA-256 (hexadecimal, own numbers included), as
 * each review says of the protocol it was made by.
 *
 * @throws {MiError} As {@link readProtocol}.
 */
export function describeProtocol(of: ProtocolArguments): ProtocolUsed;

/**
 * The cautions about a decisional balance, for a person who stands there on the change. One that is
 * open for want of the purpose is listed with the verdict `unknown`.
 *
 * @throws {MiError} Whatever is wrong with the balance or another argument.
 */
export function checkBalance(of: BalanceArguments): Finding[];

/**
 * The gaps of a plan, for a person of whom this is known.
 *
 * @throws {MiError} Whatever is wrong with the plan or another argument.
 */
export function checkPlan(of: PlanArguments): PlanGap[];

/**
 * The stage of change that follows from a few answers: the stages that are still `possible`, one
 * when it is known.
 *
 * @throws {MiError} Whatever is wrong with the answers or another argument.
 */
export function stageOfChange(of: StageArguments): AnsweredStage;
