import load from "./mi_wasm.js";

let ready = false;

/**
 * An `init` that loads the wasm module once, however often it is called. After a failure, such as a
 * lost connection, the next call tries again.
 */
export function starter(source) {
  let start;
  const run = async () => {
    try {
      await load({ module_or_path: await source() });
      ready = true;
    } catch (error) {
      start = undefined;
      throw error;
    }
  };
  return () => (start ??= run());
}

/** A function of the wasm module, callable from the moment that `init` has finished. */
export function started(call) {
  return (...values) => {
    if (!ready) throw new Error("mi-wasm: await init() before the first call");
    return call(...values);
  };
}
