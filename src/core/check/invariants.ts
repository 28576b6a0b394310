import { isProducer, type Producer } from "../clients/producer/producer";
import type { PartitionLog } from "../broker/log/partitionLog";
import type { ApiRequest } from "../kafka/api/api";
import type { OffsetCommitRequest } from "../kafka/api/offsets";
import type { ProduceResponse } from "../kafka/api/produce";
import { ErrorCode } from "../kafka/errors";
import type { RecordBatch } from "../kafka/recordBatch";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { itemAt } from "../sim/pagedList";
import { committedOffset, leaderLog } from "../watch/actual";
import type { Cluster, SimulationEvent } from "../world/cluster";
import { partOf } from "./actorPart";
import { addOwnActorParts } from "./actorParts";
import type { Witness } from "./witness";

addOwnActorParts();

/**
 * What must hold after every event, whatever the world and whatever was done to it. An event reached one actor, and only that one can have
 * changed, but that brokers also change when a client goes. The checks only look: each gives a sentence about what is wrong, or null.
 */
export function checkEvent(witness: Witness, cluster: Cluster, event: SimulationEvent): string | null {
  const clock = checkClock(witness, cluster);
  if (clock !== null || event.kind === "sample") return clock;
  const id = event.kind === "message" ? event.message.to : event.actor;
  if (event.kind === "message") {
    const { body, requestId } = event.message;
    const isRequest = requestId === null;
    // Told apart by requestId; of the answers only those to Produce are looked at.
    const problem = isRequest ? noteRequest(witness, cluster, event.message.id, body as ApiRequest) : noteAnswer(witness, cluster, id, requestId, body as ProduceResponse);
    if (problem !== null) return problem;
  }
  const actor = cluster.actors.get(id);
  return actor ? (partOf(actor).check?.(witness, cluster, id, actor) ?? null) : checkActors(witness, cluster);
}

/** Everything that is checked after an event, for all actors: after a command, which may touch several. */
export function checkActors(witness: Witness, cluster: Cluster): string | null {
  for (const [id, actor] of cluster.actors) {
    const problem = partOf(actor).check?.(witness, cluster, id, actor) ?? null;
    if (problem !== null) return problem;
  }
  return null;
}

function checkClock(witness: Witness, { nowUs, eventCount }: Cluster): string | null {
  if (nowUs < witness.nowUs) return `the clock went back from ${witness.nowUs} to ${nowUs} µs`;
  if (eventCount !== witness.eventCount + 1) return `event ${eventCount} came after event ${witness.eventCount}`;
  witness.nowUs = nowUs;
  witness.eventCount = eventCount;
  return null;
}

// ---- Messages: what was acknowledged, what was committed.

function noteRequest(witness: Witness, cluster: Cluster, id: number, request: ApiRequest): string | null {
  if (request.api === "Produce" && request.acks !== 0) witness.produceRequests.set(id, request);
  return request.api === "OffsetCommit" ? checkCommit(witness, cluster, request) : null;
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
      if (offset > settled) return `group ${groupId} has committed ${offset} in ${name}, but processed only below ${settled}`;
    }
  }
  return null;
}

function noteAnswer(witness: Witness, cluster: Cluster, id: ActorId, requestId: number, response: ProduceResponse): string | null {
  const request = witness.produceRequests.get(requestId);
  if (!request) return null;
  witness.produceRequests.delete(requestId);
  const producer = cluster.actors.get(id);
  for (const { name: topic, partitionResponses } of response.responses) {
    for (const { index, errorCode, baseOffset } of partitionResponses) {
      const name = formatTopicPartition(topic, index);
      const batch = request.topicData.find((data) => data.name === topic)?.partitionData.find((data) => data.index === index)?.records;
      const log = leaderLog(cluster.watch.actual, topic, index);
      if (!batch) return `an answer for ${name}, which was not in the request`;
      if (errorCode === ErrorCode.NONE && log && !witness.deletedTopics.has(topic)) {
        witness.acknowledged.push({ topicId: log.topicId, topic, partition: index, offset: baseOffset, batch });
        if (!holds(log, baseOffset, batch)) return `${name} does not hold at ${baseOffset} what was acknowledged there`;
      }
      if (errorCode !== ErrorCode.NONE && isProducer(producer) && isUnderWay(producer, topic, index)) witness.overtaken.add(id);
    }
  }
  return null;
}

/** Whether a log has, at an offset, the very records that a producer sent. */
export function holds(log: PartitionLog, offset: number, sent: RecordBatch): boolean {
  for (let low = 0, high = log.batches.length; low < high; ) {
    const middle = (low + high) >> 1;
    const batch = itemAt(log.batches, middle);
    if (batch.baseOffset === offset) return batch.columns === sent.columns;
    if (batch.baseOffset < offset) low = middle + 1;
    else high = middle;
  }
  return false;
}

function isUnderWay(producer: Producer, topic: string, partition: number): boolean {
  for (const { batches } of producer.inFlight.values()) if (batches.some((batch) => batch.topic === topic && batch.partition === partition)) return true;
  return false;
}
