/** A count that keeps its width: whole below ten thousand, then thousands and millions with their letter. */
export function formatCount(count: number): string {
  if (count < 10_000) return String(count);
  if (count < 1_000_000) return `${Math.floor(count / 1000)}k`;
  return `${Math.floor(count / 100_000) / 10}M`;
}

/** An offset cut to its last digits where only a few fit; the whole one is in the title. */
export function shortOffset(offset: number, digits: number): string {
  const text = String(offset);
  return text.length <= digits ? text : `…${text.slice(1 - digits)}`;
}
