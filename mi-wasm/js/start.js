import load from "./mi_wasm.js";
import { moduleOf } from "./source.js";

let ready = false;

/** The wasm file that stands beside the program. */
function beside(own) {
  try {
    return own();
  } catch {
    // Scripts that are no modules do not know their own address.
    throw new TypeError("mi-wasm: this bundle hides where it is: hand the wasm file to init");
  }
}

/**
 * An `init` that loads the wasm module once, however often it is called: from its source, or from
 * the package's own file. `read` gets what is at a URL. After a failure, such as a lost connection,
 * the next call tries again.
 */
export function starter(own, read) {
  let start;
  const run = async (source) => {
    try {
      const module = await moduleOf(source === undefined ? beside(own) : source, read);
      await load({ module_or_path: module });
      ready = true;
    } catch (error) {
      start = undefined;
      throw error;
    }
  };
  return (source) => (start ??= run(source));
}

/** A function of the wasm module, callable from the moment that `init` has finished. */
export function started(call) {
  return (...values) => {
    if (!ready) throw new Error("mi-wasm: await init() before the first call");
    return call(...values);
  };
}
