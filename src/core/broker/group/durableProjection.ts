import type { GroupMetadataValue } from "../../kafka/coordinatorRecords";
import type { TopicPartitionName } from "../../kafka/topicPartition";
import type { ClassicGroup } from "./classic/classicGroup";
import type { CommittedOffset, GroupCoordinatorState } from "./coordinatorState";
import { emptyGroupMetadataValue, groupMetadataValue } from "./classic/groupMetadata";

export interface DurableProjection {
  readonly groups: readonly { readonly groupId: string; readonly metadata: GroupMetadataValue }[];
  readonly offsets: readonly { readonly groupId: string; readonly name: TopicPartitionName; readonly committed: CommittedOffset }[];
}

/**
 * What of the state a crash may not lose, sorted by id. Live state and the fold of its log must be equal here. A Stable or Empty group
 * counts as it is; one that rebalances is ahead of the log, and counts as it was last written.
 */
export function durableProjection(state: GroupCoordinatorState): DurableProjection {
  const groups = sortedByKey(state.groups).map(([groupId, group]) => ({ groupId, metadata: durableMetadata(group) }));
  const offsets = sortedByKey(state.offsets).flatMap(([groupId, committed]) =>
    sortedByKey(committed).map(([name, value]) => ({ groupId, name, committed: value })),
  );
  return { groups, offsets };
}

function durableMetadata(group: ClassicGroup): GroupMetadataValue {
  const isSettled = group.state === "Stable" || group.state === "Empty";
  const value = isSettled ? groupMetadataValue(group) : (group.lastWritten ?? emptyGroupMetadataValue(-1));
  // A group becomes Stable just after its record was made, so only an Empty group's record has the time of its state.
  return group.state === "Empty" || value.members.length === 0 ? value : { ...value, currentStateTimestamp: -1 };
}

function sortedByKey<Value>(map: ReadonlyMap<string, Value>): (readonly [string, Value])[] {
  return Array.from(map).sort(([left], [right]) => (left < right ? -1 : 1));
}
