import source from "mi-wasm/mi_wasm.wasm";
import { init, review } from "mi-wasm";
import { call, show } from "../call.js";

await init(source);
show(review(call));
