import type { Broker } from "../broker/broker";
import type { ClassicGroup } from "../broker/group/classicGroup";
import type { PartitionLog } from "../broker/log/partitionLog";
import type { Consumer } from "../clients/consumer/consumer";
import type { Producer } from "../clients/producer/producer";
import type { ApiRequest, OffsetCommitRequest, ProduceRequest, ProduceResponse } from "../kafka/api";
import { decodeConsumerProtocolAssignment, listTopicPartitions } from "../kafka/consumerProtocol";
import { ErrorCode } from "../kafka/errors";
import type { RecordBatch } from "../kafka/recordBatch";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { itemAt } from "../sim/pagedList";
import { brokerOf, type Actor, type Cluster, type SimulationEvent } from "../world/cluster";

/**
 * What must hold after every event, whatever the world and whatever was done to it. The checks only look: each gives a sentence about what
 * is wrong, or null. A witness is what they remember of one run; it never looks into the run's future and the run never looks at it.
 */
export interface Witness {
  nowUs: number;
  eventCount: number;
  readonly logs: Map<PartitionLog, LogMemory>;
  /** Topics that were deleted at some time: what clients knew of the old one may be wrong for a new one of that name. */
  readonly deletedTopics: Set<string>;
  readonly topicIds: Map<string, string>;
  /** The newest value of each group of the coordinator. */
  readonly groups: Map<string, ClassicGroup>;
  /** By actor: the newest membership. */
  readonly members: Map<ActorId, { readonly memberId: string; readonly generationId: number }>;
  /** Produce requests that were not yet answered. */
  readonly produceRequests: Map<number, ProduceRequest>;
  /** What producers were told: where each batch is. */
  readonly acknowledged: { readonly log: PartitionLog; readonly offset: number; readonly batch: RecordBatch }[];
  /** Producers whose batches may have overtaken each other: one was tried again while a later one of its partition was under way. */
  readonly overtaken: Set<ActorId>;
  /** Groups that may pass records over: some member started at the end of a partition (auto.offset.reset=latest). */
  readonly mayPassOver: Set<string>;
}

interface LogMemory {
  batches: number;
  logStartOffset: number;
  highWatermark: number;
  logEndOffset: number;
  /** The newest send number of each producer. */
  readonly lastSends: Map<ActorId, number>;
}

export function newWitness(): Witness {
  return {
    nowUs: 0,
    eventCount: 0,
    logs: new Map(),
    deletedTopics: new Set(),
    topicIds: new Map(),
    groups: new Map(),
    members: new Map(),
    produceRequests: new Map(),
    acknowledged: [],
    overtaken: new Set(),
    mayPassOver: new Set(),
  };
}

/** What an event may have broken: it reached one actor, and only that one can have changed. */
export function checkEvent(witness: Witness, cluster: Cluster, event: SimulationEvent): string | null {
  const clock = checkClock(witness, cluster);
  if (clock !== null || event.kind === "sample") return clock;
  const id = event.kind === "message" ? event.message.to : event.actor;
  const actor = cluster.actors.get(id);
  const broker = brokerOf(cluster);
  if (event.kind === "message") {
    const { body, requestId } = event.message;
    const isRequest = requestId === null;
    // Told apart by requestId; of the answers only those to Produce are looked at.
    const problem = isRequest ? noteRequest(witness, cluster, event.message.id, body as ApiRequest) : noteAnswer(witness, cluster, id, requestId, body as ProduceResponse);
    if (problem !== null) return problem;
  }
  if (!actor || actor.kind === "broker") return checkBroker(witness, cluster, broker);
  return checkActor(witness, cluster, id, actor);
}

/** Everything that is checked after an event, for all actors: after a command, which may touch several. */
export function checkActors(witness: Witness, cluster: Cluster): string | null {
  for (const [id, actor] of cluster.actors) {
    const problem = checkActor(witness, cluster, id, actor);
    if (problem !== null) return problem;
  }
  return null;
}

function checkActor(witness: Witness, cluster: Cluster, id: ActorId, actor: Actor): string | null {
  switch (actor.kind) {
    case "broker":
      return checkBroker(witness, cluster, actor);
    case "producer":
      return checkProducer(actor);
    case "consumer":
      return checkConsumer(witness, cluster, id, actor);
    case "admin":
      return null;
  }
}

function checkClock(witness: Witness, { nowUs, eventCount }: Cluster): string | null {
  if (nowUs < witness.nowUs) return `the clock went back from ${witness.nowUs} to ${nowUs} µs`;
  if (eventCount !== witness.eventCount + 1) return `event ${eventCount} came after event ${witness.eventCount}`;
  witness.nowUs = nowUs;
  witness.eventCount = eventCount;
  return null;
}

// ---- The broker: logs, requests, groups.

function checkBroker(witness: Witness, cluster: Cluster, broker: Broker): string | null {
  for (const [name, topicId] of witness.topicIds) if (broker.metadata.topics.get(name)?.topicId !== topicId) forgetTopic(witness, name);
  for (const { name, topicId } of broker.metadata.topics.values()) witness.topicIds.set(name, topicId);
  for (const log of broker.logs.values()) {
    const problem = checkLog(witness, log);
    if (problem !== null) return `${log.topic}-${log.partition}: ${problem}`;
  }
  return checkRequests(cluster, broker) ?? checkGroups(witness, broker);
}

function forgetTopic(witness: Witness, name: string): void {
  witness.deletedTopics.add(name);
  witness.topicIds.delete(name);
}

function checkLog(witness: Witness, log: PartitionLog): string | null {
  let memory = witness.logs.get(log);
  if (!memory) witness.logs.set(log, (memory = { batches: 0, logStartOffset: 0, highWatermark: 0, logEndOffset: 0, lastSends: new Map() }));
  const { logStartOffset, lastStableOffset, highWatermark, logEndOffset } = log;
  const isOrdered = logStartOffset <= lastStableOffset && lastStableOffset <= highWatermark && highWatermark <= logEndOffset;
  if (!isOrdered) return `log start ${logStartOffset} <= last stable ${lastStableOffset} <= high watermark ${highWatermark} <= end ${logEndOffset} does not hold`;
  // One replica: nothing keeps the high watermark from the end, and a reader that waits must see it in the same event.
  if (highWatermark !== logEndOffset) return `the high watermark stays at ${highWatermark} below the end ${logEndOffset}`;
  if (logStartOffset < memory.logStartOffset || highWatermark < memory.highWatermark) return "the log start or the high watermark went back";
  for (; memory.batches < log.batches.length; memory.batches++) {
    const problem = checkBatch(witness, memory, itemAt(log.batches, memory.batches));
    if (problem !== null) return problem;
  }
  if (memory.logEndOffset !== logEndOffset) return `the last batch ends at ${memory.logEndOffset}, the log at ${logEndOffset}`;
  memory.logStartOffset = logStartOffset;
  memory.highWatermark = highWatermark;
  return null;
}

function checkBatch(witness: Witness, memory: LogMemory, batch: RecordBatch): string | null {
  if (batch.baseOffset !== memory.logEndOffset) return `a batch at ${batch.baseOffset} follows one that ends at ${memory.logEndOffset}`;
  memory.logEndOffset += batch.lastOffsetDelta + 1;
  const { origin } = batch.columns;
  if (!origin) return null;
  for (const send of origin.sendNumbers) {
    const last = memory.lastSends.get(origin.producerActor) ?? -1;
    if (send <= last && !witness.overtaken.has(origin.producerActor)) return `send ${send} of actor ${origin.producerActor} stands behind its send ${last}`;
    memory.lastSends.set(origin.producerActor, Math.max(send, last));
  }
  return null;
}

/** A request is answered in its event, or parked: as a fetch that waits for bytes, or by a group for its members. */
function checkRequests(cluster: Cluster, broker: Broker): string | null {
  let indexed = 0;
  for (const requestIds of broker.fetchesByPartition.values()) indexed += requestIds.size;
  for (const { requestId, request } of broker.parkedFetches.values()) {
    for (const { partitions } of request.topics) indexed -= partitions.length;
    if (!broker.requests.has(requestId)) return `fetch ${requestId} is parked, but nobody waits for it`;
  }
  if (indexed !== 0) return "the index of parked fetches by partition does not fit the parked fetches";
  if (broker.requests.size === broker.parkedFetches.size) return null;
  const parked = new Set(broker.parkedFetches.keys());
  for (const group of broker.coordinator.groups.values()) {
    for (const { awaitingJoin, awaitingSync } of group.members.values()) {
      if (awaitingJoin !== null) parked.add(awaitingJoin);
      if (awaitingSync !== null) parked.add(awaitingSync);
    }
  }
  for (const [requestId, { from }] of broker.requests) {
    if (!parked.has(requestId) && !hasLeft(cluster.actors.get(from), requestId)) return `request ${requestId} of actor ${from} was neither answered nor parked`;
  }
  return null;
}

/** A member that leaves takes its parked SyncGroup with it: the client has stopped waiting, and the coordinator never answers (`ClassicGroup.remove`). */
function hasLeft(client: Actor | undefined, requestId: number): boolean {
  if (client?.kind !== "consumer" || client.waiting?.requestId === requestId || client.fetches.has(requestId)) return false;
  return client.closing !== null || client.member.requestId !== requestId;
}

function checkGroups(witness: Witness, broker: Broker): string | null {
  for (const [groupId, group] of broker.coordinator.groups) {
    const before = witness.groups.get(groupId);
    if (before === group) continue;
    witness.groups.set(groupId, group);
    const isNew = before !== undefined && before.state !== group.state && (group.state === "CompletingRebalance" || group.state === "Empty");
    if (before && group.generationId < before.generationId + (isNew ? 1 : 0)) return `group ${groupId} is ${group.state} in generation ${group.generationId} after ${before.state} in ${before.generationId}`;
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

function assignedNames(assignment: Uint8Array): TopicPartitionName[] {
  if (assignment.length === 0) return [];
  return listTopicPartitions(decodeConsumerProtocolAssignment(assignment).assignedPartitions).map(({ topic, partition }) => formatTopicPartition(topic, partition));
}

// ---- Messages: what was acknowledged, what was committed.

function noteRequest(witness: Witness, cluster: Cluster, id: number, request: ApiRequest): string | null {
  if (request.api === "Produce" && request.acks !== 0) witness.produceRequests.set(id, request);
  return request.api === "OffsetCommit" ? checkCommit(witness, cluster, request) : null;
}

/** A commit that was taken covers only what the group has done, or passed over when it started at the end. */
function checkCommit(witness: Witness, cluster: Cluster, { groupId, topics }: OffsetCommitRequest): string | null {
  const broker = brokerOf(cluster);
  for (const { name: topic, partitions } of topics) {
    for (const { partitionIndex } of partitions) {
      const name = formatTopicPartition(topic, partitionIndex);
      const offset = broker.coordinator.offsets.get(groupId)?.get(name)?.offset;
      if (offset === undefined || witness.deletedTopics.has(topic)) continue;
      const end = broker.logs.get(name)?.logEndOffset ?? 0;
      if (offset > end) return `group ${groupId} has committed ${offset} in ${name}, which ends at ${end}`;
      const settled = cluster.watch.audit.groups.get(groupId)?.partitions.get(name)?.settled ?? 0;
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
      const log = brokerOf(cluster).logs.get(name);
      if (!batch) return `an answer for ${name}, which was not in the request`;
      if (errorCode === ErrorCode.NONE && log && !witness.deletedTopics.has(topic)) {
        witness.acknowledged.push({ log, offset: baseOffset, batch });
        if (!holds(log, baseOffset, batch)) return `${name} does not hold at ${baseOffset} what was acknowledged there`;
      }
      if (errorCode !== ErrorCode.NONE && producer?.kind === "producer" && isUnderWay(producer, topic, index)) witness.overtaken.add(id);
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

// ---- Clients.

/** Every record of a producer is somewhere, once: acknowledged, failed, in a request, or in the accumulator. */
function checkProducer(producer: Producer): string | null {
  let records = producer.acknowledged + producer.failed;
  let bytes = 0;
  const count = (batch: { readonly keys: readonly unknown[]; readonly allocatedBytes: number }): void => {
    records += batch.keys.length;
    bytes += batch.allocatedBytes;
  };
  for (const batches of producer.accumulator.values()) batches.forEach(count);
  for (const { batches } of producer.inFlight.values()) batches.forEach(count);
  if (records !== producer.sent) return `${producer.clientId} has sent ${producer.sent} records, but ${records} are accounted for`;
  return bytes === producer.bufferedBytes ? null : `${producer.clientId} counts ${producer.bufferedBytes} bytes of buffer.memory in use and holds ${bytes}`;
}

function checkConsumer(witness: Witness, cluster: Cluster, id: ActorId, consumer: Consumer): string | null {
  if (consumer.config.autoOffsetReset === "latest") witness.mayPassOver.add(consumer.groupId);
  const problem = checkMembership(witness, cluster, id, consumer) ?? checkPositions(witness, cluster, consumer) ?? checkLosses(witness, cluster, consumer.groupId);
  return problem === null ? null : `${consumer.clientId} (actor ${id}): ${problem}`;
}

function checkMembership(witness: Witness, cluster: Cluster, id: ActorId, consumer: Consumer): string | null {
  const { memberId, generationId, state } = consumer.member;
  const before = witness.members.get(id);
  if (before && before.memberId === memberId && generationId < before.generationId) return `went back from generation ${before.generationId} to ${generationId}`;
  witness.members.set(id, { memberId, generationId });
  const group = brokerOf(cluster).coordinator.groups.get(consumer.groupId);
  if (generationId > (group?.generationId ?? -1)) return `is in generation ${generationId}, its group in ${group?.generationId ?? "none"}`;
  if (state !== "stable") return null;
  // Also from one that has joined the generation but not yet heard what it gets: it may still own what it had (KIP-429).
  for (const [otherId, other] of cluster.actors) {
    if (other.kind !== "consumer" || otherId === id || other.groupId !== consumer.groupId || other.member.generationId !== generationId) continue;
    for (const name of consumer.partitions.keys()) if (other.partitions.has(name)) return `owns ${name} in generation ${generationId}, and so does ${other.clientId}`;
  }
  const member = group?.members.get(memberId);
  return group?.state === "Stable" && group.generationId === generationId && member ? checkOwned(consumer, member.assignment) : null;
}

/** A stable member owns what the coordinator has written down for it. */
function checkOwned(consumer: Consumer, assignment: Uint8Array): string | null {
  const names = assignedNames(assignment);
  const isSame = names.length === consumer.partitions.size && names.every((name) => consumer.partitions.has(name));
  return isSame ? null : `owns ${[...consumer.partitions.keys()].join(" ")}, but was assigned ${names.join(" ")}`;
}

function checkPositions(witness: Witness, cluster: Cluster, { partitions }: Consumer): string | null {
  for (const [name, { topic, position, nextToProcess }] of partitions) {
    const log = brokerOf(cluster).logs.get(name);
    if (position === null || !log || witness.deletedTopics.has(topic)) continue;
    if (position < log.logStartOffset || position > log.highWatermark) return `is at ${position} of ${name}, which has ${log.logStartOffset} to ${log.highWatermark}`;
    if (nextToProcess === null || nextToProcess > position) return `processes ${nextToProcess} of ${name}, but has fetched only below ${position}`;
  }
  return null;
}

/** Commits follow processing, so whoever takes over begins at or before the first record that is not done: nothing is ever passed over. */
function checkLosses(witness: Witness, cluster: Cluster, groupId: string): string | null {
  if (witness.mayPassOver.has(groupId)) return null;
  for (const [topic, { lost }] of cluster.watch.audit.groups.get(groupId)?.topics ?? []) {
    if (lost > 0 && !witness.deletedTopics.has(topic)) return `${lost} records of ${topic} are lost for group ${groupId}`;
  }
  return null;
}
