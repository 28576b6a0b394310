/**
 * OffsetFetch: where a group would go on reading.
 *
 * Version modelled: Kafka 4.0, OffsetFetch for one classic group (`OffsetMetadataManager.fetchOffsets` and `fetchAllOffsets`).
 * Behaviour: a partition without a commit, and every partition of an unknown group, has offset -1 and no error; the client then applies
 * auto.offset.reset.
 * Simplified: there are no transactional commits, so requireStable has nothing to wait for. All partitions come sorted.
 */
import type { OffsetFetchRequest, OffsetFetchResponse } from "../../kafka/api/offsets";
import { ErrorCode } from "../../kafka/errors";
import type { TopicPartition } from "../../kafka/topicPartition";
import { formatTopicPartition, parseTopicPartition } from "../../kafka/topicPartition";
import type { RequestId } from "../handlerResult";
import type { CommittedOffset, GroupCoordinatorContext, GroupResult } from "./coordinatorState";
import { answerOnly } from "./classic/groupChange";

type TopicResponse = OffsetFetchResponse["topics"][number];
type Offsets = ReadonlyMap<string, CommittedOffset>;

export function offsetFetch(context: GroupCoordinatorContext, request: OffsetFetchRequest, requestId: RequestId): GroupResult {
  const isDead = context.state.groups.get(request.groupId)?.state === "Dead";
  const offsets: Offsets = (isDead ? undefined : context.state.offsets.get(request.groupId)) ?? new Map();
  const topics = (request.topics ?? committedTopics(offsets)).map(({ name, partitionIndexes }) => ({
    name,
    partitions: partitionIndexes.map((index) => partitionResponse(index, offsets.get(formatTopicPartition(name, index)))),
  }));
  return answerOnly(requestId, { api: "OffsetFetch", errorCode: ErrorCode.NONE, topics });
}

function partitionResponse(partitionIndex: number, committed: CommittedOffset | undefined): TopicResponse["partitions"][number] {
  return {
    partitionIndex,
    committedOffset: committed?.offset ?? -1,
    committedLeaderEpoch: committed?.leaderEpoch ?? -1,
    metadata: committed?.metadata ?? "",
    errorCode: ErrorCode.NONE,
  };
}

function committedTopics(offsets: Offsets): { name: string; partitionIndexes: number[] }[] {
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of Array.from(offsets.keys(), parseTopicPartition).sort(byTopicAndPartition)) {
    const indexes = byTopic.get(topic);
    if (indexes === undefined) byTopic.set(topic, [partition]);
    else indexes.push(partition);
  }
  return Array.from(byTopic, ([name, partitionIndexes]) => ({ name, partitionIndexes }));
}

function byTopicAndPartition(left: TopicPartition, right: TopicPartition): number {
  if (left.topic !== right.topic) return left.topic < right.topic ? -1 : 1;
  return left.partition - right.partition;
}
