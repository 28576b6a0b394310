import type { Point } from "../layout/geometry";

/** A line as [x0, y0, x1, y1 ...]. */
export type Polyline = readonly number[];

const CURVE_STEPS = 20;
const CORNER_STEPS = 5;

/** A calm S from left to right (or right to left), flattened: it leaves and arrives horizontally. */
export function curve(from: Point, to: Point): Polyline {
  const middle = (from.x + to.x) / 2;
  if (Math.abs(from.y - to.y) < 0.5) return [from.x, from.y, to.x, to.y];
  const points: number[] = [];
  for (let step = 0; step <= CURVE_STEPS; step += 1) {
    const t = step / CURVE_STEPS;
    const u = 1 - t;
    const a = u * u * u;
    const b = 3 * u * u * t;
    const c = 3 * u * t * t;
    const d = t * t * t;
    points.push(a * from.x + (b + c) * middle + d * to.x, (a + b) * from.y + (c + d) * to.y);
  }
  return points;
}

/** Straight stretches through these corners, each corner rounded, flattened. */
export function rounded(corners: readonly Point[], radius = 9): Polyline {
  const path = withoutRepeats(corners);
  const points: number[] = [];
  path.forEach((corner, index) => {
    const before = path[index - 1];
    const after = path[index + 1];
    if (!before || !after) {
      points.push(corner.x, corner.y);
      return;
    }
    const reach = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const start = towards(corner, before, reach);
    const end = towards(corner, after, reach);
    for (let step = 0; step <= CORNER_STEPS; step += 1) {
      const t = step / CORNER_STEPS;
      const u = 1 - t;
      points.push(u * u * start.x + 2 * u * t * corner.x + t * t * end.x, u * u * start.y + 2 * u * t * corner.y + t * t * end.y);
    }
  });
  return points;
}

/** Lines one after the other; a point that two of them share is kept once. */
export function join(...lines: readonly Polyline[]): Polyline {
  const points: number[] = [];
  for (const line of lines) {
    const meets = points.length > 0 && Math.abs(points[points.length - 2]! - line[0]!) < 0.01 && Math.abs(points[points.length - 1]! - line[1]!) < 0.01;
    points.push(...(meets ? line.slice(2) : line));
  }
  return points;
}

/** The same line walked the other way. */
export function reversed(line: Polyline): Polyline {
  const points: number[] = [];
  for (let index = line.length - 2; index >= 0; index -= 2) points.push(line[index]!, line[index + 1]!);
  return points;
}

/** The line as an SVG path. */
export function pathOf(line: Polyline): string {
  let path = "";
  for (let index = 0; index < line.length; index += 2) path += `${index === 0 ? "M" : "L"}${round(line[index]!)} ${round(line[index + 1]!)}`;
  return path;
}

function withoutRepeats(corners: readonly Point[]): Point[] {
  return corners.filter((corner, index) => index === 0 || distance(corner, corners[index - 1]!) > 0.01);
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, reach: number): Point {
  const length = distance(from, to);
  return { x: from.x + ((to.x - from.x) * reach) / length, y: from.y + ((to.y - from.y) * reach) / length };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
