import type { ClusterImage, PartitionImage, TrackImage } from "../../core/picture/image";
import type { MessageKey, Params } from "../../i18n/t";
import { formatTimeUs } from "../../panels/inspector/parts/formatTime";

/** One step of a record's way through a group. */
export interface RecordStep {
  readonly word: MessageKey;
  readonly params?: Params;
  readonly state: "done" | "now" | "later";
  /** client.id of the consumer that has the record, where that is known: once processed, it is not. */
  readonly consumer?: string;
}

/** How far a record has come in one group: the steps that are behind it, and the one that it is at. */
export function recordSteps(image: ClusterImage, log: PartitionImage, track: TrackImage, offset: number): readonly RecordStep[] {
  const isHere = (other: { readonly topic: string; readonly partition: number }): boolean => other.topic === log.topic && other.partition === log.partition;
  const owner = track.owner === null ? undefined : image.consumers.get(track.owner);
  const consumer = owner?.spec.clientId ?? "";
  const work = [...(owner?.inWork ? [owner.inWork] : []), ...(owner?.pooled ?? [])].find((each) => isHere(each) && each.offset === offset);
  const commit: RecordStep = offset < track.committedOffset ? { word: "term.committed", state: "done" } : { word: "record.uncommitted", state: "later" };

  if (work) {
    const inWork: RecordStep = { word: "record.inWork", params: { time: formatTimeUs(work.startUs) }, state: "now" };
    return [{ word: "record.fetched", state: "done", consumer }, inWork, commit];
  }
  if (track.nextOffset < 0) return [{ word: "record.unread", state: "later" }];
  if (offset < track.nextOffset) {
    if (passesOver(image, track.groupId, log.topic)) return [{ word: "record.skipped", state: "done" }, commit];
    return [{ word: "record.fetched", state: "done" }, { word: "canvas.processed", state: "done" }, commit];
  }
  const position = owner?.assignment.find(isHere)?.position ?? -1;
  if (offset < position) return [{ word: "record.fetched", state: "done", consumer }, { word: "record.turn", state: "now" }, commit];
  return [{ word: "record.waiting", params: { count: offset - track.nextOffset }, state: "later" }];
}

/** Whether the group has left out records of this topic, at its start or later: then its place does not say which it has processed. */
function passesOver(image: ClusterImage, groupId: string, topic: string): boolean {
  const audit = image.audit.get(`${groupId}/${topic}`);
  return audit === undefined || audit.beforeStart + audit.lost > 0;
}
