import type { Insets } from "./fitView";
import type { Box, Size } from "../layout/geometry";

/** CSS pixels of a card that may be cut before it counts as outside: its border and its shadow's edge. */
const CUT = 6;

/** How many cards the canvas does not show whole, at this `[x, y, zoom]` of the viewport. What floats over the canvas hides what is below it. */
export function countOutside(cards: readonly Box[], [x, y, zoom]: readonly [number, number, number], size: Size, insets: Insets): number {
  const isOutside = (box: Box): boolean => {
    const [left, top] = [x + box.x * zoom, y + box.y * zoom];
    return left < -CUT || top < -CUT || left + box.width * zoom > size.width + CUT || top + box.height * zoom > size.height - insets.bottom + CUT;
  };
  return cards.filter(isOutside).length;
}
