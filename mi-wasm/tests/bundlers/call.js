// What every program here asks, and where the test finds the answer.
import { record } from "../page/record.js";

export const call = { record, as_of: "2026-11-22" };

export function show(review) {
  globalThis.found = review;
}
