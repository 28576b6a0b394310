import type { Measured } from "./part";
import type { Side } from "./sides/side";

/** What became of a trial on one side. */
export interface Outcome {
  readonly name: string;
  /** What was measured of each figure, by its key, in the order of the turns. */
  readonly values: ReadonlyMap<string, readonly number[]>;
  /** Why there is nothing: the first failure in words. Else null. */
  readonly cannot: string | null;
}

/** Measurements of each side: of some parts, or beside another commit; and where all is looked at once. */
const TURNS = 5;
export const ONE_LOOK = 1;

/**
 * Measures all sides by turns. A side that fails once is not asked again, and has no figures; the others go on. An interrupted run ends
 * before the next measurement.
 */
export async function measureByTurns(
  sides: readonly Pick<Side, "name">[],
  measure: (at: number) => Promise<Measured>,
  { turns = TURNS, signal }: { readonly turns?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly Outcome[]> {
  const found = sides.map(({ name }) => ({ name, values: new Map<string, number[]>(), cannot: null as string | null }));
  for (const at of turnOrder(sides.length, turns).flat()) {
    const side = found[at]!;
    if (side.cannot !== null) continue;
    signal?.throwIfAborted();
    try {
      for (const [key, value] of Object.entries(await measure(at))) {
        if (value !== undefined && Number.isFinite(value)) side.values.set(key, [...(side.values.get(key) ?? []), value]);
      }
    } catch (error) {
      signal?.throwIfAborted();
      side.cannot = reasonOf(error);
      side.values.clear();
    }
  }
  return found;
}

/** Which side is measured when: every second turn goes the other way round, so that neither always comes after the other. */
export function turnOrder(sides: number, turns: number): readonly (readonly number[])[] {
  const forward = Array.from({ length: sides }, (_, at) => at);
  return Array.from({ length: turns }, (_, turn) => (turn % 2 === 0 ? forward : [...forward].reverse()));
}

/** The first line of what went wrong, without the names of the programs that it came through. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split("\n").find((each) => each.trim() !== "") ?? "";
  return line.trim().replace(/^(?:[\w.]+: )*(?=\S)/, "") || "it says nothing about it";
}
