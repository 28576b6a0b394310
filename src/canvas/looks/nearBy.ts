import type { Box, Size } from "../layout/geometry";

/** Whether a box is on the canvas at this `[x, y, zoom]` of the viewport, or so near to it that it soon may be: half a canvas to each side. */
export function isNearBy({ x, y, width, height }: Box, [left, top, zoom]: readonly [number, number, number], size: Size): boolean {
  const isWithin = (from: number, to: number, room: number): boolean => to >= -room / 2 && from <= room * 1.5;
  return isWithin(left + x * zoom, left + (x + width) * zoom, size.width) && isWithin(top + y * zoom, top + (y + height) * zoom, size.height);
}
