import type { Viewport } from "@xyflow/react";

interface Flow {
  readonly getViewport: () => Viewport;
  readonly setViewport: (viewport: Viewport) => unknown;
}

/** Moves the viewport to its goal in so many ms, slowly at both ends. Returns how to stop on the way. */
export function easeViewport(flow: Flow, goal: Viewport, durationMs: number): () => void {
  const start = flow.getViewport();
  const startMs = performance.now();
  let frame = 0;
  const move = (): void => {
    const part = durationMs > 0 ? Math.min(1, (performance.now() - startMs) / durationMs) : 1;
    const eased = part < 0.5 ? 4 * part ** 3 : 1 - 4 * (1 - part) ** 3;
    const between = (from: number, to: number): number => (part === 1 ? to : from + (to - from) * eased);
    flow.setViewport({ x: between(start.x, goal.x), y: between(start.y, goal.y), zoom: between(start.zoom, goal.zoom) });
    if (part < 1) frame = requestAnimationFrame(move);
  };
  move();
  return () => cancelAnimationFrame(frame);
}
