import type { Viewport } from "@xyflow/react";

interface Flow {
  readonly getViewport: () => Viewport;
  readonly setViewport: (viewport: Viewport) => unknown;
}

/** A way under way: both end it, where it is or at its goal. */
export interface Easing {
  readonly stop: () => void;
  readonly arrive: () => void;
}

/** Moves the viewport to its goal in so many ms, slowly at both ends. */
export function easeViewport(flow: Flow, goal: Viewport, durationMs: number): Easing {
  const start = flow.getViewport();
  const startMs = performance.now();
  let frame = 0;
  const move = (): void => {
    const part = durationMs > 0 ? Math.min(1, (performance.now() - startMs) / durationMs) : 1;
    const eased = part < 0.5 ? 4 * part ** 3 : 1 - 4 * (1 - part) ** 3;
    const between = (from: number, to: number): number => (part === 1 ? to : from + (to - from) * eased);
    flow.setViewport({ x: between(start.x, goal.x), y: between(start.y, goal.y), zoom: between(start.zoom, goal.zoom) });
    frame = part < 1 ? requestAnimationFrame(move) : 0;
  };
  move();
  const stop = (): void => cancelAnimationFrame(frame);
  const arrive = (): void => {
    if (frame === 0) return;
    stop();
    frame = 0;
    flow.setViewport(goal);
  };
  return { stop, arrive };
}
