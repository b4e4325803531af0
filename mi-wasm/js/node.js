// The package in node, whose `fetch` reads no files.
import { readFile } from "node:fs/promises";
import { starter } from "./start.js";

export * from "./api.js";

export const init = starter(() => readFile(new URL("./mi_wasm_bg.wasm", import.meta.url)));
