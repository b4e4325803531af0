// The compiled wasm module, from whatever `init` was given.

/** The version of this package, which its wasm module carries too. */
const VERSION = "0.0.0";

const WANTED =
  "mi-wasm: init takes a URL, the bytes of the wasm file, a Response or a WebAssembly.Module";

/** What a value is, for values of another frame or worker too, of which `instanceof` knows none. */
const kind = (value) => Object.prototype.toString.call(value).slice("[object ".length, -1);

/** A text as a URL, relative to the page or worker where there is one. */
function address(text) {
  try {
    return new URL(text, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch {
    // The engine's own error repeats the text.
    throw new TypeError(
      "mi-wasm: init takes a whole URL where no page says what it is relative to",
    );
  }
}

/** The first bytes of every wasm file. */
const MAGIC = [0x00, 0x61, 0x73, 0x6d];

function fromBytes(bytes) {
  const view = ArrayBuffer.isView(bytes)
    ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : new Uint8Array(bytes);
  // A server that answers every unknown path with its start page is what mostly goes wrong.
  if (MAGIC.some((byte, index) => view[index] !== byte))
    throw new TypeError(
      "mi-wasm: init was given bytes that are no wasm file: is its address right?",
    );
  return WebAssembly.compile(view); // V8 takes no DataView
}

async function fromResponse(response) {
  if (!response.ok)
    throw new TypeError(`mi-wasm: the wasm file did not come: HTTP status ${response.status}`);
  const streams =
    WebAssembly.compileStreaming !== undefined &&
    response.headers.get("content-type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(response) : fromBytes(await response.arrayBuffer());
}

async function compiled(given, read) {
  if (typeof given === "string") return compiled(address(given), read);
  if (ArrayBuffer.isView(given)) return fromBytes(given);
  switch (kind(given)) {
    case "URL":
      return compiled(await read(given), read);
    case "ArrayBuffer":
      return fromBytes(given);
    case "Response":
      return fromResponse(given);
    case "WebAssembly.Module":
      return given;
    default:
      throw new TypeError(WANTED);
  }
}

/**
 * Compiles the wasm module of a source, or of the promise of one; `read` gets what is at a URL. A
 * module of another version, such as one that a cache kept, is refused before it runs: the two
 * sides would misunderstand each other.
 */
export async function moduleOf(source, read) {
  const module = await compiled(await source, read);
  const [mark] = WebAssembly.Module.customSections(module, "mi-wasm");
  if (mark === undefined || new TextDecoder().decode(mark) !== VERSION)
    throw new TypeError(`mi-wasm: init was given another module than that of mi-wasm ${VERSION}`);
  return module;
}
