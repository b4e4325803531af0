// How long a form waits that asks at every keystroke: medians in node and in headless Chromium, of
// a synthetic record of 5,000 events that stays open. `npm run bench` after `cargo xtask wasm`.
import * as mi from "../pkg/node.js";
import { missing, openPage } from "../tests/browser.js";
import { measure } from "./measure.js";

/** For one event more and the review that follows, in milliseconds. */
const TARGET = 5;

async function inBrowser() {
  const { page, version, close } = await openPage();
  try {
    const found = await page.evaluate(async () => {
      const { measure } = await import("/benches/measure.js");
      return measure(globalThis.mi);
    });
    return { name: `Chromium ${version.split(".")[0]}`, found };
  } finally {
    await close();
  }
}

await mi.init();
const columns = [{ name: `Node ${process.versions.node.split(".")[0]}`, found: measure(mi) }];
if (missing) console.error(missing);
else columns.push(await inBrowser());

const line = (name, values) =>
  console.log(name.padEnd(25) + values.map((value) => value.padStart(15)).join(""));
line(
  "median",
  columns.map(({ name }) => name),
);
for (const name of Object.keys(columns[0].found)) {
  line(
    name,
    columns.map(({ found }) => `${found[name].toFixed(2)} ms`),
  );
}
console.log(`The target for append and review is less than ${TARGET} ms.`);
