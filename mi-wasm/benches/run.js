// How long a form waits that asks at every keystroke: medians in node and in headless Chromium, of
// a synthetic record of 5,000 events that stays open; and what a fresh Node costs until its first
// review. `npm run bench` after `cargo xtask wasm`.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as mi from "../pkg/node.js";
import { missing, openPage } from "../tests/browser.js";
import { measure, median } from "./measure.js";

/** For one event more and the review that follows, in milliseconds. */
const TARGET = 5;

/** For a fresh Node until its first review, in milliseconds of CPU. */
const FIRST_TARGET = 120;
const PROCESSES = 15;

/** The CPU of a fresh Node until the end of a program that prints it, in milliseconds. */
function fresh(...program) {
  const measured = Array.from({ length: PROCESSES }, () =>
    Number(execFileSync(process.execPath, program, { encoding: "utf8" })),
  );
  const [least, middle, most] = [Math.min(...measured), median(measured), Math.max(...measured)];
  return [middle, least, most].map((time) => (time / 1000).toFixed(0));
}

function firstReview() {
  const usage = "const { user, system } = process.cpuUsage(); console.log(user + system);";
  const [alone] = fresh("--eval", usage);
  const [middle, least, most] = fresh(fileURLToPath(new URL("first.js", import.meta.url)));
  console.log(
    `fresh Node: CPU ms to first review: ${middle} (${least} to ${most} in ${PROCESSES} processes; ` +
      `Node alone ${alone}). The target is at most ${FIRST_TARGET}.`,
  );
}

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

firstReview();
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
