import source from "mi-wasm/mi_wasm.wasm";
import { init, review } from "mi-wasm";
import { call } from "../call.js";

await init(source);

export default {
  fetch: () => Response.json(review(call)),
};
