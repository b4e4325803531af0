// What is measured, in node and in a browser alike.
import { event, synthetic } from "./synthetic.js";

const EVENTS = 5000;
const as_of = "2026-11-20";
const contact = { kind: "contact", outcome: "kept", place: "clinic" };

export const median = (times) =>
  times.sort((one, other) => one - other)[Math.floor(times.length / 2)];

/** Medians in milliseconds, by what took so long. */
export function measure(mi) {
  const found = {};
  const run = (name, times, call) => {
    const measured = Array.from({ length: times }, (_, index) => {
      const start = performance.now();
      call(index);
      return performance.now() - start;
    });
    // The first ones warm up.
    found[name] = median(measured.slice(Math.floor(times / 10)));
  };

  const record = synthetic(EVENTS);
  const text = JSON.stringify(record);
  const opened = (record) => mi.openRecord({ record })[Symbol.dispose]?.();
  run("openRecord of text", 33, () => opened(text));
  run("openRecord of an object", 33, () => opened(record));

  const live = mi.openRecord({ record });
  run("review", 110, () => live.review({ as_of }));
  run("append and review", 110, (index) => {
    live.append({ event: event(EVENTS + index, as_of, contact) });
    live.review({ as_of });
  });
  return found;
}
