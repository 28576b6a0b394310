/** Where a label stands, in CSS pixels from the line's left end, or null where there is no room for it. */
export type LabelPlace = { readonly left: number; readonly width: number } | null;

const GAP = 8;

/**
 * Places labels centred on their markers, kept inside the line, none over another. The important ones choose first, then the newest:
 * `positions` are in order of time. A label without room is left out; its marker still has it as a tooltip.
 */
export function placeLabels(positions: readonly { readonly x: number; readonly width: number; readonly important: boolean }[], lineWidth: number): readonly LabelPlace[] {
  const places: LabelPlace[] = positions.map(() => null);
  const order = positions.map((_, index) => index).sort((a, b) => Number(positions[b]?.important) - Number(positions[a]?.important) || b - a);
  for (const index of order) {
    const position = positions[index];
    if (!position || position.width > lineWidth) continue;
    const left = Math.min(Math.max(0, position.x - position.width / 2), lineWidth - position.width);
    const free = places.every((place) => place === null || left >= place.left + place.width + GAP || left + position.width + GAP <= place.left);
    if (free) places[index] = { left, width: position.width };
  }
  return places;
}
