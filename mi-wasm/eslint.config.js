import js from "@eslint/js";
import globals from "globals";

export default [
  { ignores: ["pkg/", "tests/bundlers/dist/"] },
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-var": "error",
      "prefer-const": "error",
    },
  },
  { files: ["js/**", "benches/**"], languageOptions: { globals: globals["shared-node-browser"] } },
  {
    files: ["scripts/**", "tests/**", "benches/run.js", "benches/first.js"],
    languageOptions: { globals: globals.node },
  },
  {
    files: ["tests/page/**", "tests/bundlers/*/main.js"],
    languageOptions: { globals: globals.browser },
  },
];
