/** An input that could not be read. `problems` says where and why, never what was found there. */
export class MiError extends Error {
  static {
    this.prototype.name = "MiError";
  }

  constructor(message, problems) {
    super(message);
    this.problems = problems;
  }
}
