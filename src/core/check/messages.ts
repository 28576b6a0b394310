import { isProducer, type Producer } from "../clients/producer/producer";
import type { ApiRequest, ApiResponse } from "../kafka/api/api";
import type { FetchRequest, FetchResponse } from "../kafka/api/fetch";
import type { HeartbeatRequest, LeaveGroupRequest } from "../kafka/api/groups";
import type { OffsetCommitRequest, OffsetCommitResponse } from "../kafka/api/offsets";
import type { ProduceRequest, ProduceResponse } from "../kafka/api/produce";
import { ErrorCode } from "../kafka/errors";
import { baseOffsetOf, nextOffsetOf } from "../kafka/records/batchPage";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { committedOffset, leaderLog } from "../watch/actual";
import type { Cluster } from "../world/cluster";
import { holds, holdsSame, identityOf } from "./sameBatch";
import type { Witness } from "./witness";

/** A request that has just been handled; its answer is awaited where it will be looked at. */
export function checkRequest(witness: Witness, cluster: Cluster, id: number, request: ApiRequest): string | null {
  switch (request.api) {
    case "Produce":
      if (request.acks !== 0) witness.requests.set(id, { request });
      return null;
    case "Fetch":
      witness.requests.set(id, { request });
      return null;
    case "OffsetCommit":
      witness.requests.set(id, { request, refusal: refusalOf(cluster, request) });
      return checkCommit(witness, cluster, request);
    case "Heartbeat":
      noteAlive(witness, cluster, request);
      return null;
    case "LeaveGroup":
      return checkLeave(cluster, request);
    default:
      return null;
  }
}

/** An answer that has just reached a client, to a request that was handled before. */
export function checkAnswer(witness: Witness, cluster: Cluster, id: ActorId, requestId: number, response: ApiResponse): string | null {
  const awaited = witness.requests.get(requestId);
  if (!awaited) return null;
  witness.requests.delete(requestId);
  const { request, refusal = null } = awaited;
  if (request.api === "Produce" && response.api === "Produce") return checkProduced(witness, cluster, id, request, response);
  if (request.api === "Fetch" && response.api === "Fetch") return checkFetched(witness, cluster, request, response);
  return refusal !== null && response.api === "OffsetCommit" ? checkRefused(request as OffsetCommitRequest, response, refusal) : null; // of that answer
}

/** A commit that was taken covers only what the group has done, or passed over when it started at the end. */
function checkCommit(witness: Witness, { watch: { actual, audit } }: Cluster, { groupId, topics }: OffsetCommitRequest): string | null {
  for (const { name: topic, partitions } of topics) {
    for (const { partitionIndex } of partitions) {
      const name = formatTopicPartition(topic, partitionIndex);
      const offset = committedOffset(actual, groupId, topic, partitionIndex);
      if (offset < 0 || witness.deletedTopics.has(topic)) continue;
      const end = leaderLog(actual, topic, partitionIndex)?.logEndOffset ?? 0;
      if (offset > end) return `group ${groupId} has committed ${offset} in ${name}, which ends at ${end}`;
      const settled = audit.groups.get(groupId)?.partitions.get(name)?.settled ?? 0;
      if (offset > settled && !witness.mayPassOver.has(groupId) && !witness.mayCommitAhead.has(groupId)) return `group ${groupId} has committed ${offset} in ${name}, but processed only below ${settled}`;
    }
  }
  return null;
}

/** Why a commit may not be taken, as its group stands: a commit changes nothing about that. Null where it may. */
function refusalOf({ watch: { actual } }: Cluster, { groupId, memberId, generationIdOrMemberEpoch: generationId }: OffsetCommitRequest): string | null {
  const group = actual.groups.get(groupId);
  if (!group?.members.has(memberId)) return `${memberId} is no member of ${groupId}`;
  return group.generationId === generationId ? null : `${groupId} is in generation ${group.generationId}, not ${generationId}`;
}

function checkRefused({ groupId }: OffsetCommitRequest, { topics }: OffsetCommitResponse, refusal: string): string | null {
  const isTaken = topics.some(({ partitions }) => partitions.some(({ errorCode }) => errorCode === ErrorCode.NONE));
  return isTaken ? `a commit for ${groupId} was taken, though ${refusal}` : null;
}

/** A heartbeat of the current generation renews the session. */
function noteAlive(witness: Witness, { nowUs, watch: { actual } }: Cluster, { groupId, memberId, generationId }: HeartbeatRequest): void {
  const group = actual.groups.get(groupId);
  if (group?.members.has(memberId) && group.generationId === generationId) witness.heardUs.set(memberId, nowUs);
}

function checkLeave({ watch: { actual } }: Cluster, { groupId, members }: LeaveGroupRequest): string | null {
  const remaining = members.find(({ memberId }) => actual.groups.get(groupId)?.members.has(memberId));
  return remaining ? `${remaining.memberId} has left group ${groupId}, and is a member still` : null;
}

function checkProduced(witness: Witness, cluster: Cluster, id: ActorId, request: ProduceRequest, { responses }: ProduceResponse): string | null {
  const producer = cluster.actors.get(id);
  for (const { name: topic, partitionResponses } of responses) {
    for (const { index, errorCode, baseOffset } of partitionResponses) {
      const name = formatTopicPartition(topic, index);
      const batch = request.topicData.find((data) => data.name === topic)?.partitionData.find((data) => data.index === index)?.records;
      const log = leaderLog(cluster.watch.actual, topic, index);
      if (!batch) return `an answer for ${name}, which was not in the request`;
      if (errorCode !== ErrorCode.NONE && !witness.hasFaults && witness.stored.has(identityOf(batch) ?? "")) return `${name} holds a batch that was answered with error ${errorCode}`;
      if (errorCode === ErrorCode.NONE && log && !witness.deletedTopics.has(topic)) {
        witness.acknowledged.push({ topicId: log.topicId, topic, partition: index, offset: baseOffset, batch });
        if (!holds(log, baseOffset, batch)) return `${name} does not hold at ${baseOffset} what was acknowledged there`;
      }
      if (errorCode !== ErrorCode.NONE && isProducer(producer) && isUnderWay(producer, topic, index)) witness.overtaken.add(id);
    }
  }
  return null;
}

/** A Fetch gives what stands in the log from the offset asked for on, without a gap and nothing twice. */
function checkFetched(witness: Witness, { watch: { actual } }: Cluster, request: FetchRequest, { responses }: FetchResponse): string | null {
  for (const { topic, partitions } of responses) {
    for (const { partitionIndex, records, highWatermark } of partitions) {
      const name = formatTopicPartition(topic, partitionIndex);
      const asked = request.topics.find((of) => of.topic === topic)?.partitions.find(({ partition }) => partition === partitionIndex);
      const log = leaderLog(actual, topic, partitionIndex);
      if (!asked) return `a Fetch gave records of ${name}, which were not asked for`;
      let offset = asked.fetchOffset;
      for (const { page, from, to } of records) {
        for (let at = from; at < to; at++) {
          const [base, next] = [baseOffsetOf(page, at), nextOffsetOf(page, at)];
          if (base > offset || next <= offset) return `a Fetch of ${name} at ${offset} gave the batch from ${base} to ${next - 1}`;
          if (next > highWatermark) return `a Fetch of ${name} gave records beyond its high watermark ${highWatermark}`;
          if (log && !witness.deletedTopics.has(topic) && !holdsSame(log, page, at)) return `a Fetch gave at ${base} of ${name} what does not stand there`;
          offset = next;
        }
      }
    }
  }
  return null;
}

function isUnderWay(producer: Producer, topic: string, partition: number): boolean {
  for (const { batches } of producer.inFlight.values()) if (batches.some((batch) => batch.topic === topic && batch.partition === partition)) return true;
  return false;
}
