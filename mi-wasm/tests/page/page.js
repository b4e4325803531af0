// Stands for a user's page without a bundler.
import * as mi from "/pkg/index.js";

await mi.init();
document.title = `mi-wasm ${mi.version()}`;
window.mi = mi;
