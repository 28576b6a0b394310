import { parseArgs } from "node:util";

export interface Options {
  /** Names of the parts to measure, in the order in which they stand in the table. */
  readonly parts: readonly string[];
  /** The commit to measure beside this checkout, as it was typed; null: this checkout alone. */
  readonly against: string | null;
  readonly help: boolean;
}

/** What the arguments ask for, or one sentence that says what is wrong with them. */
export function parseCommandLine(argv: readonly string[], known: readonly string[]): Options | { readonly problem: string } {
  const read = readArguments(argv);
  if ("problem" in read) return read;
  const { part, against = null, help } = read.values;
  const unknown = part.find((name) => !known.includes(name));
  if (unknown !== undefined) return { problem: `There is no part ${unknown}: ${known.join(", ")}.` };
  if (against !== null && /^(?:-|$)/.test(against)) return { problem: "--against wants a commit: a hash, a branch or a tag." };
  return { parts: part.length === 0 ? known : known.filter((name) => part.includes(name)), against, help };
}

export function usageOf(known: readonly string[]): string {
  return `Measures Topiq, and says what it found; no figure makes it fail.

npm run bench -- [--part NAME]... [--against COMMIT]

Alone it looks at everything once, within four minutes. Of a part, or beside another commit, every figure is measured five times.

  --part NAME         measures this part only, may be given several times: ${known.join(", ")}
  --against COMMIT    checks that commit out beside, builds it, and measures both by turns
  --help              prints this`;
}

function parseValues(argv: readonly string[]) {
  const options = { part: { type: "string", multiple: true, default: [] as string[] }, against: { type: "string" }, help: { type: "boolean", default: false } } as const;
  return parseArgs({ args: [...argv], options, allowPositionals: false }).values;
}

function readArguments(argv: readonly string[]): { readonly values: ReturnType<typeof parseValues> } | { readonly problem: string } {
  try {
    return { values: parseValues(argv) };
  } catch (error) {
    return { problem: `${error instanceof Error ? (error.message.split(/[.\n]/)[0] ?? "") : String(error)}; --help says more.` };
  }
}
