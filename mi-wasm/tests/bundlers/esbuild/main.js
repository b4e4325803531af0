import source from "mi-wasm/mi_wasm.wasm";
import { init, review } from "mi-wasm";
import { call, show } from "../call.js";

await init(new URL(source, import.meta.url));
show(review(call));
