// The package in node, whose `fetch` reads no files.
import { readFile } from "node:fs/promises";
import { starter } from "./start.js";

export * from "./api.js";

export const init = starter(
  () => new URL("./mi_wasm.wasm", import.meta.url),
  (url) => (url.protocol === "file:" ? readFile(url) : fetch(url)),
);
