// Plain objects on this side, JSON text on that of the wasm module.
import { MiError } from "./errors.js";

const PLAIN = ["[object Object]", "[object Array]", "[object Null]"];

/**
 * The text of a document as the core can read it. Half of a surrogate pair is no text: escaped as
 * JSON does it, the core says where it stands. Behind a backslash of its own it would become other
 * text, so it becomes no JSON.
 */
function escaped(text) {
  if (!/\p{Surrogate}/u.test(text)) return text;
  return text.replace(/(\\)?(\p{Surrogate})|\\./gsu, (part, slash, half) => {
    if (half === undefined) return part;
    return slash ? "\\\ufffd" : `\\u${half.charCodeAt().toString(16)}`;
  });
}

/** Deeper than a document may be, as the core says of it: what lies below is not looked at. */
const TOO_DEEP = 100;

/**
 * What `JSON.stringify` calls for each value. It refuses what JSON would silently turn into
 * something else, such as a `Map` or `NaN`, and what holds itself, of which the engine would name a
 * key.
 */
function replacer() {
  const around = []; // the objects and arrays that hold the value at hand
  return function (key, value) {
    const fits = {
      function: () => false,
      number: () => Number.isFinite(value),
      object: () => PLAIN.includes(Object.prototype.toString.call(value)),
      symbol: () => false,
    };
    // An invalid date gives null, which would be read as absent.
    const isLost = value === null && this[key] !== null;
    if (isLost || fits[typeof value]?.() === false)
      throw new TypeError(
        "mi-wasm: only plain objects, arrays and finite numbers have a JSON form",
      );
    while (around.length > 0 && around.at(-1) !== this) around.pop();
    if (around.includes(value))
      throw new TypeError("mi-wasm: an object or array that holds itself has no JSON form");
    // The texts of a call are documents, or words that no half of a pair makes right.
    if (typeof value === "string" && around.length === 1) return escaped(value);
    if (typeof value !== "object" || value === null) return value;
    return around.push(value) > TOO_DEEP ? null : value;
  };
}

/** Runs a function of the wasm module, which throws its problems as text. */
export function attempt(call, value) {
  const text = JSON.stringify(value, replacer()) ?? "null";
  try {
    return call(text);
  } catch (thrown) {
    if (typeof thrown !== "string") throw thrown;
    const [message, problems] = JSON.parse(thrown);
    throw new MiError(message, problems);
  }
}

/** The plain value that a function of the wasm module gives for one plain object. */
export const ask = (call, value) => JSON.parse(attempt(call, value));
