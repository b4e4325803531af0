// Prints how large a file is, and what of it goes over the wire.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const [path] = process.argv.slice(2);
const bytes = readFileSync(path);
const kilobytes = ({ length }) => `${(length / 1000).toFixed(1)} kB`;
console.log(
  `${basename(path)}: ${kilobytes(bytes)}, gzip ${kilobytes(gzipSync(bytes, { level: 9 }))}, ` +
    `brotli ${kilobytes(brotliCompressSync(bytes))}`,
);
