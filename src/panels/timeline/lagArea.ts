import type { LagSeries } from "../../core/picture/image";
import { fractionOf } from "./timeRange";

export interface LagArea {
  /** A closed SVG path in a box of 1000 by 100. */
  readonly path: string;
  /** The highest total shown, records. */
  readonly most: number;
}

/** Columns drawn at most: more than the pixels of a line say nothing more. */
const COLUMNS = 400;

/** The lag of all groups together over the line, as an area. Within a column the highest lag counts: a peak must not vanish. */
export function lagArea(lag: LagSeries, startUs: number, rangeUs: number): LagArea {
  const series = [...lag.groups.values()];
  const columns = new Map<number, number>();
  lag.timesUs.forEach((timeUs, index) => {
    const total = series.reduce((sum, values) => sum + (values[index] ?? 0), 0);
    const column = Math.round(fractionOf(timeUs, startUs, rangeUs) * COLUMNS);
    columns.set(column, Math.max(total, columns.get(column) ?? 0));
  });
  const most = Math.max(0, ...columns.values());
  const points = [...columns].map(([column, total]) => `${(column * 1000) / COLUMNS} ${(100 - (most === 0 ? 0 : (total / most) * 100)).toFixed(1)}`);
  const [first] = columns.keys();
  const last = [...columns.keys()].at(-1);
  if (first === undefined || last === undefined) return { path: "", most };
  return { path: `M${(first * 1000) / COLUMNS} 100L${points.join("L")}L${(last * 1000) / COLUMNS} 100Z`, most };
}
