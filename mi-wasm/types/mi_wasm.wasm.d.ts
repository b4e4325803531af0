import type { ModuleSource } from "./index.js";

/** What a bundler makes of the wasm file, a URL, bytes or a module: hand it to `init`. */
declare const source: ModuleSource;
export default source;
