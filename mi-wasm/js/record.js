import { ask, attempt } from "./call.js";

/** A record and a protocol that stay parsed inside the wasm module. */
export class OpenRecord {
  #inside;

  constructor(inside) {
    this.#inside = inside;
  }

  append(value) {
    attempt((text) => this.#open.append(text), value);
  }

  review(value) {
    return ask((text) => this.#open.review(text), value);
  }

  explain(value) {
    return ask((text) => this.#open.explain(text), value);
  }

  render(value) {
    return ask((text) => this.#open.render(text), value);
  }

  toJSON() {
    return JSON.parse(this.#open.toJSON());
  }

  // Where the symbol is not known yet, nothing but a garbage collection frees the record.
  [Symbol.dispose ?? Symbol()]() {
    this.#inside?.free();
    this.#inside = undefined;
  }

  get #open() {
    if (this.#inside === undefined) throw new Error("mi-wasm: the record was disposed of");
    return this.#inside;
  }
}
