/** A group's letter: A, B ... Z, then A1, B1 ... */
export function groupLetter(letter: number): string {
  const round = Math.floor(letter / 26);
  return String.fromCharCode(65 + (letter % 26)) + (round > 0 ? String(round) : "");
}

/** The dash pattern that tells a group's lines apart without colour: A solid, B dashed, C dotted, then combinations. */
export function groupDash(letter: number): string {
  return dashes[letter % dashes.length]!;
}

const dashes = ["none", "6 4", "0.1 4.5", "9 4 0.1 4", "13 5", "9 4 0.1 4 0.1 4"] as const;
