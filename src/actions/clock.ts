/** Virtual time for people: minutes, seconds and tenths, `00:42.0`; hours in front when there are any. */
export function formatClock(timeUs: number): string {
  const tenths = Math.floor(timeUs / 100_000);
  const seconds = Math.floor(tenths / 10);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const front = hours > 0 ? `${hours}:${pad(minutes % 60)}` : pad(minutes);
  return `${front}:${pad(seconds % 60)}.${tenths % 10}`;
}

/** The same without the tenths, for what changes too fast to read them. */
export function formatSeconds(timeUs: number): string {
  return formatClock(timeUs).slice(0, -2);
}
