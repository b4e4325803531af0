// Stands for a user's page without a bundler.
import * as mi from "/pkg/index.js";
import { record } from "./record.js";

await mi.init();
document.title = `mi-wasm ${mi.version()}`;
document.querySelector("pre").textContent = mi.render({ record, as_of: "2026-11-22" });
window.mi = mi;
