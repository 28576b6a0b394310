export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Zoom at which the smallest text is still readable, and the largest that still looks calm. */
export const FIT_ZOOM = { least: 0.85, most: 1.5 } as const;

/** The zoom at which these bounds just fit. */
export function fitZoom(bounds: Size, available: Size): number {
  return Math.min(available.width / bounds.width, available.height / bounds.height);
}
