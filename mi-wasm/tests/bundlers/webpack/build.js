import webpack from "webpack";

const [path] = process.argv.slice(2);
webpack(
  {
    mode: "production",
    entry: "./main.js",
    output: { path, filename: "main.js" },
    performance: { hints: false }, // it is a megabyte, as the README says
  },
  (error, stats) => {
    if (error) throw error;
    if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString());
  },
);
