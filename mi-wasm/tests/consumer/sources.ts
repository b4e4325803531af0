// What `init` takes, where the types of the platform are known: it has to type-check.
import file from "mi-wasm/mi_wasm.wasm";
import { init, type ModuleSource } from "mi-wasm";

export const sources: (ModuleSource | PromiseLike<ModuleSource>)[] = [
  file,
  "mi_wasm.wasm",
  new URL("https://example.org/mi_wasm.wasm"),
  new ArrayBuffer(8),
  new Uint8Array(8),
  new DataView(new ArrayBuffer(8)),
  new Response(),
  fetch("mi_wasm.wasm"),
  WebAssembly.compile(new ArrayBuffer(8)),
];

export async function start(): Promise<void> {
  for (const source of sources) await init(source);
  // @ts-expect-error A number is no source.
  await init(5);
  // @ts-expect-error Nor is null, which a failed lookup gives.
  await init(null);
}
