/** Spans of the line in seconds; it grows from one to the next, so that it does not creep while the run plays on. */
const spansSeconds: readonly number[] = [60, 90, 120, 180, 300, 450, 600, 900, 1200, 1800, 2700, 3600];

/** The moment at the line's right end: a round span from its start, with some room after what has been reached. */
export function rangeEndUs(startUs: number, endUs: number): number {
  const reachedSeconds = ((endUs - startUs) / 1e6) * 1.08;
  const span = spansSeconds.find((seconds) => seconds >= reachedSeconds) ?? Math.ceil(reachedSeconds / 3600) * 3600;
  return startUs + span * 1e6;
}

/** Where a moment is on the line, 0 to 1. */
export function fractionOf(timeUs: number, startUs: number, rangeUs: number): number {
  return rangeUs <= startUs ? 0 : Math.min(1, Math.max(0, (timeUs - startUs) / (rangeUs - startUs)));
}
