import type { Broker } from "../../broker/broker";
import type { ClassicGroup } from "../../broker/group/classic/classicGroup";
import { pageIndexAt, type PartitionLog } from "../../broker/log/partitionLog";
import { intConfig } from "../../kafka/configs";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import { isConsumer } from "../../clients/consumer/consumer";
import { baseOffsetOf, type BatchPage, batchOfSlot, firstSlotOf, nextOffsetOf } from "../../kafka/records/batchPage";
import type { Actor, Cluster } from "../../world/cluster";
import type { ActorPart } from "../actorPart";
import { assignedNames } from "../assigned";
import { identityAt } from "../sameBatch";
import { groupLines, logLines } from "../traceLines";
import type { LogMemory, Witness } from "../witness";

export const brokerPart: ActorPart<Broker> = {
  check: (witness, cluster, _id, broker) => {
    for (const [name, topicId] of witness.topicIds) if (broker.metadata.topics.get(name)?.topicId !== topicId) forgetTopic(witness, name);
    for (const { name, topicId } of broker.metadata.topics.values()) witness.topicIds.set(name, topicId);
    for (const log of broker.logs.values()) {
      const problem = checkLog(witness, log) ?? checkTold(cluster, broker, log);
      if (problem !== null) return `${log.topic}-${log.partition}: ${problem}`;
    }
    return checkRequests(cluster, broker) ?? checkGroups(witness, broker);
  },
  trace: (tracer, cluster, id, broker) => [...logLines(tracer, cluster, id, broker), ...groupLines(tracer, cluster, id, broker)],
};

function forgetTopic(witness: Witness, name: string): void {
  witness.deletedTopics.add(name);
  witness.topicIds.delete(name);
}

function checkLog(witness: Witness, log: PartitionLog): string | null {
  let memory = witness.logs.get(log);
  if (!memory) witness.logs.set(log, (memory = { logStartOffset: 0, highWatermark: 0, logEndOffset: 0, lastSends: new Map() }));
  const { logStartOffset, lastStableOffset, highWatermark, logEndOffset } = log;
  const isOrdered = logStartOffset <= lastStableOffset && lastStableOffset <= highWatermark && highWatermark <= logEndOffset;
  if (!isOrdered) return `log start ${logStartOffset} <= last stable ${lastStableOffset} <= high watermark ${highWatermark} <= end ${logEndOffset} does not hold`;
  // One replica: nothing keeps the high watermark from the end, and a reader that waits must see it in the same event.
  if (highWatermark !== logEndOffset) return `the high watermark stays at ${highWatermark} below the end ${logEndOffset}`;
  if (lastStableOffset !== highWatermark) return `the last stable offset is ${lastStableOffset} without transactions, the high watermark ${highWatermark}`;
  if (logStartOffset < memory.logStartOffset || highWatermark < memory.highWatermark) return "the log start or the high watermark went back";
  for (let index = pageIndexAt(log, memory.logEndOffset); index < log.pages.length; index++) {
    const page = log.pages[index] as BatchPage; // up to the last
    for (let at = batchOfSlot(page, Math.max(0, memory.logEndOffset - page.firstOffset)); at < page.batchCount; at++) {
      const problem = checkBatch(witness, memory, page, at);
      if (problem !== null) return problem;
    }
  }
  if (memory.logEndOffset !== logEndOffset) return `the last batch ends at ${memory.logEndOffset}, the log at ${logEndOffset}`;
  memory.logStartOffset = logStartOffset;
  memory.highWatermark = highWatermark;
  return null;
}

function checkBatch(witness: Witness, memory: LogMemory, page: BatchPage, at: number): string | null {
  if (baseOffsetOf(page, at) !== memory.logEndOffset) return `a batch at ${baseOffsetOf(page, at)} follows one that ends at ${memory.logEndOffset}`;
  memory.logEndOffset = nextOffsetOf(page, at);
  const identity = identityAt(page, at);
  if (identity === null) return null;
  const producer = page.producerActors[at] as number;
  const isCopy = witness.stored.has(identity);
  if (isCopy && !witness.hasFaults) return `a batch of actor ${producer} was stored a second time, though no answer was lost`;
  witness.stored.add(identity);
  for (const send of page.sendNumbers.subarray(firstSlotOf(page, at), firstSlotOf(page, at + 1))) {
    const last = memory.lastSends.get(producer) ?? -1;
    if (send <= last && !isCopy && !witness.overtaken.has(producer)) return `send ${send} of actor ${producer} stands behind its send ${last}`;
    memory.lastSends.set(producer, Math.max(send, last));
  }
  return null;
}

/** Whoever hears what a broker tells knows what it has. */
function checkTold(cluster: Cluster, { nodeId }: Broker, log: PartitionLog): string | null {
  const told = cluster.watch.actual.logs.get(nodeId)?.get(formatTopicPartition(log.topic, log.partition));
  if (!told && log.batchCount > 0) return "nobody was told of it";
  if (!told) return null;
  const isSame = told.topicId === log.topicId && told.logEndOffset === log.logEndOffset && told.highWatermark === log.highWatermark && told.batchCount === log.batchCount;
  return isSame && told.pages.at(-1) === log.pages.at(-1) ? null : `ends at ${log.logEndOffset}, and was told to end at ${told.logEndOffset}`;
}

/** A request is answered in its event, or parked: as one that waits for partitions, or by a group for its members. */
function checkRequests(cluster: Cluster, broker: Broker): string | null {
  const { parked, byPartition } = broker.purgatory;
  for (const { requestId, partitions } of parked.values()) {
    if (!partitions.every((name) => byPartition.get(name)?.includes(requestId))) return "the index of parked requests by partition does not fit the parked requests";
    if (!broker.requests.has(requestId)) return `request ${requestId} is parked, but nobody waits for it`;
  }
  if (broker.changed.size > 0) return `${[...broker.changed].join(" ")} changed, and whoever waits for it was not looked at`;
  if (broker.requests.size === parked.size) return null;
  const waiting = new Set(parked.keys());
  for (const group of groupsOf(broker)) {
    for (const { awaitingJoin, awaitingSync } of group.members.values()) {
      if (awaitingJoin !== null) waiting.add(awaitingJoin);
      if (awaitingSync !== null) waiting.add(awaitingSync);
    }
  }
  for (const [requestId, { from }] of broker.requests) {
    if (!waiting.has(requestId) && !hasLeft(cluster.actors.get(from), requestId)) return `request ${requestId} of actor ${from} was neither answered nor parked`;
  }
  return null;
}

/** A member that leaves takes its parked SyncGroup with it: the client has stopped waiting, and the coordinator never answers (`ClassicGroup.remove`). */
function hasLeft(client: Actor | undefined, requestId: number): boolean {
  if (!isConsumer(client) || client.waiting?.requestId === requestId || client.connections.inFlight.some((sent) => sent.requestId === requestId && sent.request.api === "Fetch")) return false;
  return client.closing !== null || client.member.requestId !== requestId;
}

function checkGroups(witness: Witness, broker: Broker): string | null {
  for (const group of groupsOf(broker)) {
    const { groupId } = group;
    const before = witness.groups.get(groupId);
    if (before === group) continue;
    witness.groups.set(groupId, group);
    const isNew = before !== undefined && before.state !== group.state && (group.state === "CompletingRebalance" || group.state === "Empty");
    if (before && group.generationId < before.generationId + (isNew ? 1 : 0)) return `group ${groupId} is ${group.state} in generation ${group.generationId} after ${before.state} in ${before.generationId}`;
    const most = intConfig("broker", broker.configs, "group.max.size");
    if (group.state === "Stable" && group.members.size > most) return `group ${groupId} has ${group.members.size} members, and group.max.size is ${most}`;
    const problem = group.state === "Stable" ? checkAssignments(group) : null;
    if (problem !== null) return problem;
  }
  return null;
}

function checkAssignments(group: ClassicGroup): string | null {
  const owners = new Map<TopicPartitionName, string>();
  for (const { memberId, assignment } of group.members.values()) {
    for (const name of assignedNames(assignment)) {
      const other = owners.get(name);
      if (other !== undefined) return `group ${group.groupId} gave ${name} to ${other} and to ${memberId} in generation ${group.generationId}`;
      owners.set(name, memberId);
    }
  }
  return null;
}

/** The groups that a broker coordinates. */
function* groupsOf({ groupShards }: Broker): Generator<ClassicGroup> {
  for (const { state } of groupShards.values()) yield* state.groups.values();
}

