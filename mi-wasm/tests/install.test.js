// What a user gets: `npm pack`, installed in an empty project, type-checked and run there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

const package_ = fileURLToPath(new URL("..", import.meta.url));
const tsc = join(package_, "node_modules/typescript/bin/tsc");
const project = mkdtempSync(join(tmpdir(), "mi-wasm-"));

function run(file, ...values) {
  try {
    return execFileSync(file, values, { cwd: project, encoding: "utf8" });
  } catch (error) {
    throw new Error(`${error.message}\n${error.stdout}`, { cause: error });
  }
}

const npm = (...values) => run("npm", ...values, "--silent", "--no-audit", "--no-fund");

let packed;

before(() => {
  cpSync(join(package_, "tests/consumer"), project, { recursive: true });
  [packed] = JSON.parse(npm("pack", join(package_, "pkg"), "--json"));
  npm("install", "--offline", join(project, packed.filename));
});
after(() => rmSync(project, { recursive: true }));

test("the package holds its licenses, README, types, schemas and module", () => {
  const files = packed.files.map(({ path }) => path);
  const wanted = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "index.d.ts", "mi_wasm.wasm"];
  for (const name of ["record", "protocol", "review"]) wanted.push(`schemas/${name}.schema.json`);
  assert.deepEqual(
    wanted.filter((file) => !files.includes(file)),
    [],
  );
});

/** The first JavaScript example of a README. */
function example(readme) {
  const [, code] = /^```js\n(.*?)^```/ms.exec(readFileSync(join(package_, readme), "utf8"));
  return code;
}

test("the example of the README runs", () => {
  const printed = run(process.execPath, "--input-type=module", "--eval", example("README.md"));
  assert.match(printed, /^# .*client-7/m);
});

test("the example of the main README runs, adapted to node as it says", () => {
  const records = join(package_, "../mi-core/examples/records");
  cpSync(join(records, "stopping.json"), join(project, "stopping.json"));
  const fetched = `await (await fetch("stopping.json")).json(); // in Node: JSON.parse of the file's`;
  const parts = example("../README.md").split(fetched);
  assert.equal(parts.length, 2);
  const program = parts.join('JSON.parse(readFileSync("stopping.json", "utf8")); //');
  const whole = `import { readFileSync } from "node:fs";\n${program}`;
  const printed = run(process.execPath, "--input-type=module", "--eval", whole);
  assert.match(printed, /^SF-10 urgent\nSF-60 attention\n$/);
});

test("the book's way to the schema of a form runs", () => {
  const program = `${example("../docs/book/src/forms.md")} console.log(schema.title);`;
  assert.equal(run(process.execPath, "--input-type=module", "--eval", program), "Contact\n");
});

// An import that is not used does not compile: `noUnusedLocals`.
test("the consumer imports every export of both type files", () => {
  const text = (folder, name) => readFileSync(join(project, folder, name), "utf8");
  const types = ["index.d.ts", "documents.d.ts"].map((name) => text("node_modules/mi-wasm", name));
  const statements = types.flatMap((file) => file.match(/^export .*/gm));
  const exported = statements
    .filter((line) => line !== 'export type * from "./documents.js";')
    .map((line) => /^export (?:class|function|interface|type) (\w+)/.exec(line)?.[1] ?? line);
  const programs = readdirSync(project).filter((name) => name.endsWith(".ts"));
  const imports = programs.map(
    (name) => /^import (?:type )?\{([^{}]*?)\} from "mi-wasm";/ms.exec(text("", name))[1],
  );
  const imported = new Set(imports.join().match(/\w+/g));
  assert.ok(exported.length > 150);
  assert.deepEqual(
    exported.filter((name) => !imported.has(name)),
    [],
  );
});

for (const [module, moduleResolution] of [
  ["NodeNext", "NodeNext"],
  ["ESNext", "Bundler"],
]) {
  const typeCheck = (file, options) => {
    const configuration = {
      extends: join(package_, "tsconfig.json"),
      compilerOptions: { module, moduleResolution, paths: {}, ...options },
      include: [],
      files: [file],
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify(configuration));
    run(process.execPath, tsc, "--project", project);
  };

  test(`every source of init type-checks with ${moduleResolution} resolution`, () => {
    typeCheck("sources.ts", { lib: ["ES2022", "DOM"] });
  });

  test(`a strict consumer type-checks with ${moduleResolution} resolution, and runs`, () => {
    typeCheck("consumer.ts", { noEmit: false, outDir: "." });
    const program = `import { main } from "./consumer.js"; console.log(await main());`;
    const printed = run(process.execPath, "--input-type=module", "--eval", program);
    assert.match(
      printed,
      /^\d+\.\d+\.\d+ dual-diagnosis \d+ \d+ [1-9]\d* 2 \d+ \d+ client-7 action\n$/,
    );
  });
}
