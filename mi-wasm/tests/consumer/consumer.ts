// A user's program: it has to type-check against the installed package, and then to run.
import { init, MiError, version, type Problem } from "mi-wasm";

export function describe(error: unknown): string {
  if (!(error instanceof MiError)) throw error;
  const [first]: readonly Problem[] = error.problems;
  return first ? `${first.code} at ${first.path}: ${first.expected}` : error.name;
}

export async function main(): Promise<string> {
  await init();
  return version();
}
