import type { ClusterImage, Marker, TimelineImage } from "../../core/picture/image";
import { groupDash, groupLetter } from "../inspector/parts/groupMark";

export interface LagLine {
  readonly groupId: string;
  readonly letter: string;
  /** Canvas dash pattern, in CSS pixels; [] is solid. */
  readonly dash: readonly number[];
  /** Waiting records at each time; null while the group did not exist. */
  readonly values: readonly (number | null)[];
  /** Waiting records now. */
  readonly now: number;
}

export interface LagData {
  readonly timesSeconds: readonly number[];
  readonly lines: readonly LagLine[];
  readonly markers: readonly NumberedMarker[];
}

export interface NumberedMarker {
  /** Its label on the chart and in the list below. */
  readonly number: number;
  readonly timeSeconds: number;
  readonly marker: Marker;
}

/** What the chart draws: a line per group that exists, told apart by letter and dash, and the newest marks. */
export function lagData(image: ClusterImage, timeline: TimelineImage, groupIds: readonly string[], maxMarkers: number): LagData {
  const lines = groupIds.flatMap((groupId) => {
    const group = image.groups.get(groupId);
    const values = timeline.lag.groups.get(groupId);
    return group && values ? [{ groupId, letter: groupLetter(group.letter), dash: groupDash(group.letter), values, now: group.waiting }] : [];
  });
  const markers = timeline.markers
    .slice(-maxMarkers)
    .map((marker, index) => ({ number: index + 1, timeSeconds: marker.timeUs / 1e6, marker }));
  return { timesSeconds: timeline.lag.timesUs.map((timeUs) => timeUs / 1e6), lines, markers };
}
