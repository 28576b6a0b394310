import type { Stage } from "./stage";

/** One line of the table: what PRODUCT.md budgets, its goal, and what this run measured. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
}

/** Some budgets that are measured together, and can be run alone by their name. */
export interface Part {
  readonly name: string;
  readonly title: string;
  readonly measure: (stage: Stage) => Promise<readonly Row[]>;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Wall ms of one call, each time. */
export function timesMs(runs: number, work: () => void): number[] {
  return Array.from({ length: runs }, () => {
    const startMs = performance.now();
    work();
    return performance.now() - startMs;
  });
}

/** Performs a measurement several times, one after the other. */
export async function repeat<Value>(runs: number, measure: () => Value | Promise<Value>): Promise<Value[]> {
  const values: Value[] = [];
  for (let run = 0; run < runs; run++) values.push(await measure());
  return values;
}

/** 1234567 as "1,234,567"; from 10 on no digits behind the point. */
export function figure(value: number): string {
  const digits = value < 1 ? 3 : value < 10 ? 2 : value < 100 ? 1 : 0;
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
}

export function ms(value: number): string {
  return `${figure(value)} ms`;
}

export function megabytes(bytes: number): string {
  return `${figure(bytes / 1_000_000)} MB`;
}

/** The table's lines, in three columns; long cells are not cut. */
export function lines(rows: readonly Row[]): string {
  const widths = { what: 66, goal: 22 };
  return rows.map(({ what, goal, measured }) => `  ${what.padEnd(widths.what)}  ${goal.padEnd(widths.goal)}  ${measured}\n`).join("");
}
