// A process of its own: what it costs from the start of Node to the first review, in microseconds
// of CPU.
import { init, review } from "../pkg/node.js";
import { record } from "../tests/page/record.js";

await init();
review({ record, as_of: "2026-11-22" });
const { user, system } = process.cpuUsage();
console.log(user + system);
