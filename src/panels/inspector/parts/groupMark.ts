/** 0 is A ... 25 is Z, then A1, B1 ... */
export function groupLetter(letter: number): string {
  const round = Math.floor(letter / 26);
  return String.fromCharCode(65 + (letter % 26)) + (round === 0 ? "" : String(round));
}

/** A solid ([]), B dashed, C dotted, D dash and dot, and again from the start; in CSS pixels. */
export function groupDash(letter: number): readonly number[] {
  return dashes[letter % dashes.length] ?? [];
}

const dashes: readonly (readonly number[])[] = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
