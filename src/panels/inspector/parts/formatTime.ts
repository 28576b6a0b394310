/** Virtual time as `mm:ss.t`, as the clock of the timeline shows it. */
export function formatTimeUs(timeUs: number): string {
  const tenths = Math.floor(timeUs / 100_000);
  const seconds = Math.floor(tenths / 10);
  return `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}.${tenths % 10}`;
}

/** Virtual time as `mm:ss.ttt`, for what is milliseconds apart. */
export function formatMomentUs(timeUs: number): string {
  return `${formatTimeUs(timeUs)}${String(Math.floor(timeUs / 1000) % 100).padStart(2, "0")}`;
}

/** The same for a Kafka timestamp. */
export function formatTimeMs(timeMs: number): string {
  return formatTimeUs(timeMs * 1000);
}
