import type { Figure } from "./part";
import type { Outcome } from "./turns";

/** One line of what this checkout alone can tell: what it is, its goal, and what this run measured. */
export interface Row {
  readonly what: string;
  readonly goal: string;
  readonly measured: string;
}

/** The lines of figures that were measured by turns: of each side its median with the least and the most, and of two their ratio. */
export function figureLines(figures: Readonly<Record<string, Figure>>, outcomes: readonly Outcome[]): string {
  const rows = Object.entries(figures).map(([key, { what, unit, goal = "" }]) => {
    const values = outcomes.map((outcome) => outcome.values.get(key) ?? []);
    return columns([what, unit, goal, ...values.map(spread), ...(values.length === 2 ? [ratio(values[0]!, values[1]!)] : []), counts(values)]);
  });
  return [...rows, ...outcomes.flatMap(cannotLines(figures))].join("");
}

/** The lines of what this checkout alone can tell, in three columns; long cells are not cut. */
export function rowLines(rows: readonly Row[]): string {
  return rows.map(({ what, goal, measured }) => columns([what, "", goal, measured])).join("");
}

/** What the columns are, said once at the top. */
export function headingOf(names: readonly string[]): string {
  const [own = "", other] = names;
  const compared = other === undefined ? [] : [`${other}, the same`, `${own} / ${other}`];
  return `Columns: what; unit; goal; ${[`${own}, median (least to most)`, ...compared].join("; ")}; how many measurements.`;
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

/** 1234567 as "1,234,567"; from 100 on no digits behind the point. */
export function figure(value: number): string {
  const size = Math.abs(value);
  const digits = size < 1 ? 3 : size < 10 ? 2 : size < 100 ? 1 : 0;
  const [whole = "", fraction] = value.toFixed(digits).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (fraction === undefined ? "" : `.${fraction}`);
}

export function ms(value: number): string {
  return `${figure(value)} ms`;
}

const WIDTHS = [66, 10, 22, 30, 30, 8] as const;
const NOTHING = "-";

function columns(cells: readonly string[]): string {
  return `  ${cells.map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0)).join("  ").trimEnd()}\n`;
}

function spread(values: readonly number[]): string {
  return values.length === 0 ? NOTHING : `${figure(median(values))} (${figure(Math.min(...values))} to ${figure(Math.max(...values))})`;
}

function ratio(own: readonly number[], other: readonly number[]): string {
  return own.length === 0 || other.length === 0 ? NOTHING : `${figure(median(own) / median(other))}x`;
}

/** How many of each, told once where it is the same. */
function counts(values: readonly (readonly number[])[]): string {
  return [...new Set(values.map(({ length }) => length))].join("; ");
}

/** Why a side has no figures, in one line; and which ones, where it has some. */
function cannotLines(figures: Readonly<Record<string, Figure>>): (outcome: Outcome) => string[] {
  return ({ name, values, cannot }) => {
    if (cannot !== null) return [`    ${name} cannot: ${cannot}\n`];
    const missing = Object.entries(figures).filter(([key]) => !values.has(key));
    return missing.map(([, { what }]) => `    ${name} cannot: it gives no figure for "${what.trim()}"\n`);
  };
}
