import { type Box, FIT_ZOOM, fitZoom, type Size } from "../layout/geometry";

/** CSS pixels at each side of the canvas that other things (palette, verb, sentence) stand on. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
}

/** The part of the canvas that the scene may fill. */
export function availableSize(size: Size, insets: Insets): Size {
  return { width: Math.max(1, size.width - insets.left - insets.right), height: Math.max(1, size.height - insets.top - insets.bottom) };
}

/**
 * The viewport that shows these bounds as large as they fit, but never so small that text cannot be read: what does not fit then
 * begins at the left and at the top, or ends at the right and at the bottom, and the rest is reached by panning.
 */
export function fittingViewport(bounds: Box, size: Size, insets: Insets, from: "start" | "end" = "start"): { readonly x: number; readonly y: number; readonly zoom: number } {
  const available = availableSize(size, insets);
  const zoom = Math.min(Math.max(fitZoom(bounds, available), FIT_ZOOM.least), FIT_ZOOM.most);
  const free = available.width - bounds.width * zoom;
  // What is a little too wide still has equal room at both sides: the canvas's margins are room as well.
  const left = free + insets.left + insets.right < 0 ? (from === "end" ? free : 0) : free / 2;
  const over = available.height - bounds.height * zoom;
  const top = over < 0 ? (from === "end" ? over : 0) : over / 2;
  return { x: insets.left + left - bounds.x * zoom, y: insets.top + top - bounds.y * zoom, zoom };
}

/** Small text of the graph in its own pixels: 11 pixels or more on the screen at this zoom, even where the stylesheet takes one off. */
export function smallestText(zoom: number): number {
  return Math.max(12, 11 / Math.max(zoom, FIT_ZOOM.least) + 1);
}
