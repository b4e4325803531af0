// The package in browsers and bundlers, which follow this `new URL` to the wasm file.
import { starter } from "./start.js";

export * from "./api.js";

export const init = starter(
  () => new URL("./mi_wasm.wasm", import.meta.url),
  (url) => fetch(url),
);
