import type { PartitionImage, RecordImage, TrackImage } from "../../core/picture/image";

/** What a lane shows of its partition. Places are counted in cells from the lane's first. */
export interface LaneModel {
  readonly cells: readonly LaneCell[];
  /** The records just before them, oldest first: they are seen while the strip moves on. */
  readonly leaving: readonly LaneCell[];
  /** Stored records before the first cell. */
  readonly earlier: number;
  /** Where the high watermark stands: before this cell; null when it is before the window. */
  readonly highWatermarkAt: number | null;
  readonly tracks: readonly LaneTrack[];
}

export interface LaneCell {
  readonly record: RecordImage;
  /** Unread: still to be read by the leading group. Read: by it, not yet by all. Done: by every group; and it stays. */
  readonly state: "unread" | "read" | "done";
  /** Groups that have read it, where some have and some have not. */
  readonly readBy: readonly string[];
}

export interface LaneTrack {
  readonly groupId: string;
  /** Cell that the badge stands under; the number of cells when nothing waits; -1 left of the window; null without a position. */
  readonly at: number | null;
  readonly nextOffset: number;
  readonly waiting: number;
}

/**
 * The newest `count` records of a partition as cells, and each group's track beside them. `leading` is the selected group; without
 * one, the first that has a position.
 */
export function laneModel(partition: PartitionImage, groups: readonly string[], count: number, leading: string | null): LaneModel {
  const first = Math.max(0, partition.tail.length - count);
  const records = partition.tail.slice(first);
  const tracks = groups.map((groupId) => partition.tracks.find((track) => track.groupId === groupId) ?? { ...noTrack, groupId });
  const positioned = tracks.filter((track) => track.nextOffset >= 0);
  const leader = positioned.find((track) => track.groupId === leading) ?? positioned[0];
  return {
    cells: records.map((record) => laneCell(record, positioned, leader)),
    leaving: partition.tail.slice(Math.max(0, first - count), first).map((record) => laneCell(record, positioned, leader)),
    earlier: Math.max(0, partition.recordCount - records.length),
    highWatermarkAt: records[0] && partition.highWatermark < records[0].offset ? null : placeOf(records, partition.highWatermark),
    tracks: tracks.map((track) => ({
      groupId: track.groupId,
      at: track.nextOffset < 0 ? null : records[0] && track.nextOffset < records[0].offset ? -1 : placeOf(records, track.nextOffset),
      nextOffset: track.nextOffset,
      waiting: track.waiting,
    })),
  };
}

const noTrack: Omit<TrackImage, "groupId"> = { nextOffset: -1, committedOffset: -1, waiting: 0, lag: null, owner: null };

function laneCell(record: RecordImage, tracks: readonly TrackImage[], leader: TrackImage | undefined): LaneCell {
  const readers = tracks.filter((track) => track.nextOffset > record.offset);
  const all = tracks.length > 0 && readers.length === tracks.length;
  const state = all ? "done" : leader && leader.nextOffset > record.offset ? "read" : "unread";
  return { record, state, readBy: all || readers.length === 0 ? [] : readers.map((track) => track.groupId) };
}

/** The first cell at or after an offset: compaction leaves gaps, so offsets are looked up rather than subtracted. */
function placeOf(records: readonly RecordImage[], offset: number): number {
  const place = records.findIndex((record) => record.offset >= offset);
  return place < 0 ? records.length : place;
}
