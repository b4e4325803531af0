// What both entries export: one line for each function of the wasm module.
import { ask, attempt } from "./call.js";
import * as wasm from "./mi_wasm.js";
import { OpenRecord } from "./record.js";
import { started } from "./start.js";

export { MiError } from "./errors.js";

const asking = (call) => started((value) => ask(call, value));

export const version = started(wasm.version);
export const review = asking(wasm.review);
export const render = asking(wasm.render);
export const explain = asking(wasm.explain);
export const openRecord = started((value) => new OpenRecord(attempt(wasm.openRecord, value)));
export const readRecord = asking(wasm.readRecord);
export const readTexts = asking(wasm.readTexts);
export const readProtocol = asking(wasm.readProtocol);
export const describeProtocol = asking(wasm.describeProtocol);
export const checkBalance = asking(wasm.checkBalance);
export const checkPlan = asking(wasm.checkPlan);
export const stageOfChange = asking(wasm.stageOfChange);
