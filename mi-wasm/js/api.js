// What both entries export: one line for each function of the wasm module.
import * as wasm from "./mi_wasm.js";
import { started } from "./start.js";

export { MiError } from "./errors.js";

export const version = started(wasm.version);
