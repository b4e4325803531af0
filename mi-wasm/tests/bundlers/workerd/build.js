// As wrangler does it: one script, beside it the wasm file, which the runtime compiles.
import { copyFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
const { resolve } = createRequire(import.meta.url);

const compiledWasm = {
  name: "CompiledWasm",
  setup({ onResolve }) {
    onResolve({ filter: /\.wasm$/ }, async ({ path }) => {
      await copyFile(resolve(path), join(outdir, "mi_wasm.wasm"));
      return { path: "./mi_wasm.wasm", external: true };
    });
  },
};

await mkdir(outdir, { recursive: true });
await build({
  entryPoints: ["main.js"],
  outdir,
  bundle: true,
  format: "esm",
  conditions: ["workerd", "worker", "browser"],
  plugins: [compiledWasm],
  logLevel: "warning",
});
