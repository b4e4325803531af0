import { init, review } from "mi-wasm";
import { call, show } from "../call.js";

await init();
show(review(call));
