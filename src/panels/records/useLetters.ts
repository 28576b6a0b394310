import { useShallow } from "zustand/shallow";
import type { TrackImage } from "../../core/picture/image";
import { useTopiq } from "../../store/topiqStore";

/** The letters of the groups whose tracks these are; null for one that is gone. */
export function useLetters(tracks: readonly TrackImage[]): readonly (number | null)[] {
  return useTopiq(useShallow(({ image }) => tracks.map(({ groupId }) => image?.groups.get(groupId)?.letter ?? null)));
}
