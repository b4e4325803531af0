// A folder with main.js and the wasm file.
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
await build({
  entryPoints: ["main.js"],
  outdir,
  bundle: true,
  format: "esm",
  loader: { ".wasm": "file" },
  logLevel: "warning",
});
