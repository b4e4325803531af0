// One HTML file that holds everything, to be opened from a disk.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const [outdir] = process.argv.slice(2);
const { outputFiles } = await build({
  entryPoints: ["main.js"],
  write: false,
  bundle: true,
  minify: true,
  format: "esm",
  loader: { ".wasm": "binary" },
  logLevel: "warning",
});
const page = `<!doctype html>
<meta charset="utf-8" />
<title>mi-wasm</title>
<script type="module">
${outputFiles[0].text}
</script>
`;
await mkdir(outdir, { recursive: true });
await writeFile(join(outdir, "index.html"), page);
