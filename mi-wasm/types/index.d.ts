export type * from "./documents.js";

/** One thing that is wrong with an input. */
export interface Problem {
  /** Where: a JSON Pointer (RFC 6901) into the document that was handed in. */
  path: string;
  /** What kind of problem it is; the same code in Rust, Python and JavaScript. */
  code: string;
  /** What should have stood there. What was found is never repeated: it may be clinical. */
  expected: string;
  /** The line, from 1, where the input is text that is not JSON. */
  line?: number;
  /** The column, from 1, where the input is text that is not JSON. */
  column?: number;
}

/** Thrown by every function that reads an input. */
export class MiError extends Error {
  private constructor();
  readonly name: "MiError";
  /** Everything that is wrong with the input: at least one problem. */
  readonly problems: readonly Problem[];
}

/**
 * Loads the WebAssembly module. Await it once before anything else; further calls change nothing,
 * and after a failure the next call tries again.
 */
export function init(): Promise<void>;

/** The version of this package; the Rust crate and the Python package carry the same one. */
export function version(): string;
