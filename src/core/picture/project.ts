import type { Consumer, RecordRange } from "../clients/consumer/consumer";
import { recordsHeld } from "../clients/consumer/consumer";
import { standsStill } from "../clients/consumer/membership";
import type { Producer } from "../clients/producer/producer";
import { hashKey, partitionForHash } from "../clients/producer/partitioner";
import { CONSUMER_OFFSETS_TOPIC, type Broker } from "../broker/broker";
import { offsetsPartition } from "../broker/api/groups";
import { isInternalTopic } from "../broker/metadata/createTopic";
import { recordsBefore, type PartitionLog } from "../broker/log/partitionLog";
import { ErrorCode, errorName } from "../kafka/errors";
import { toPositive } from "../kafka/murmur2";
import type { RecordBatch } from "../kafka/recordBatch";
import { formatTopicPartition, type TopicPartition, type TopicPartitionName } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { brokerOf, clientOf, type Cluster } from "../world/cluster";
import type { BrokerImage, ClusterImage, ConsumerImage, ConsumerPhase, GroupImage, Narration, PartitionDecision, PartitionImage, ProducerImage, TopicImage, TrackImage } from "./image";
import { messagesInFlight } from "./messages";
import type { Topology } from "../world/topology";
import { recordImage } from "./recordImage";
import { deliveryMode, deliveryModes } from "../world/deliverAs";
import { auditImages } from "../watch/auditImage";
import { keyColour } from "../watch/keys";
import { givenUpUs } from "../watch/crashed";
import { narrate } from "../watch/narrate";
import { groupLag, groupPlace, groupWaiting, isPositioned } from "../watch/position";

const TAIL_RECORDS = 24;
const WAITING_RECORDS = 12;

/** The whole read model of a world, now. */
export function projectCluster(cluster: Cluster): ClusterImage {
  const { topology, watch } = cluster;
  const broker = brokerOf(cluster);
  return {
    clock: { timeUs: cluster.nowUs, eventCount: cluster.eventCount, mode: deliveryMode(topology), modes: deliveryModes(topology), network: topology.network },
    brokers: new Map([[String(broker.nodeId), brokerImage(cluster, broker)]]),
    topics: byName(topicNames(cluster, broker), (name) => topicImage(cluster, broker, name)),
    partitions: partitionImages(cluster, broker),
    producers: byName([...topology.producers.keys()], (clientId) => producerImage(cluster, clientId)),
    groups: byName([...topology.groups.keys()], (groupId, index) => groupImage(cluster, broker, groupId, index)),
    consumers: new Map([...byName([...topology.consumers.keys()], (clientId) => consumerImage(cluster, clientId)), ...crashedImages(cluster)]),
    messages: messagesInFlight(cluster),
    missingTopics: missingTopics(topology),
    narration: narrate(cluster),
    limitsReached: [...watch.limitsReached].map(([limit, value]) => ({ limit, value })),
    audit: auditImages(cluster),
  };
}

function byName<Image>(names: readonly string[], imageOf: (name: string, index: number) => Image | null): Map<string, Image> {
  const images = new Map<string, Image>();
  names.forEach((name, index) => {
    const image = imageOf(name, index);
    if (image !== null) images.set(name, image);
  });
  return images;
}

/** The user's topics in order of creation, asked for or made, then the internal ones. */
function topicNames(cluster: Cluster, broker: Broker): string[] {
  const internal = [...broker.metadata.topics.keys()].filter(isInternalTopic);
  return [...cluster.topology.topics.keys(), ...internal];
}

function brokerImage(cluster: Cluster, broker: Broker): BrokerImage {
  return { nodeId: broker.nodeId, actor: cluster.actorsByNodeId.get(broker.nodeId) as ActorId, configs: broker.configs };
}

function topicImage(cluster: Cluster, broker: Broker, name: string): TopicImage {
  const topic = broker.metadata.topics.get(name);
  let recordCount = 0;
  let sizeInBytes = 0;
  for (const log of logsOf(broker, name)) {
    recordCount += log.recordCount;
    sizeInBytes += log.sizeInBytes;
  }
  return {
    name,
    index: cluster.watch.topicIndexes.get(name) ?? -1,
    topicId: topic?.topicId ?? "",
    internal: isInternalTopic(name),
    partitions: topic?.partitions.length ?? 0,
    askedPartitions: cluster.topology.topics.get(name)?.partitions ?? topic?.partitions.length ?? 0,
    recordCount,
    sizeInBytes,
    configs: topic?.configs ?? {},
  };
}

/** Every partition of the user's topics, and those of `__consumer_offsets` that hold something. */
function partitionImages(cluster: Cluster, broker: Broker): Map<TopicPartitionName, PartitionImage> {
  const images = new Map<TopicPartitionName, PartitionImage>();
  const owners = ownersByGroup(cluster);
  for (const name of topicNames(cluster, broker)) {
    for (const log of logsOf(broker, name)) {
      if (name === CONSUMER_OFFSETS_TOPIC && log.recordCount === 0) continue;
      images.set(formatTopicPartition(name, log.partition), partitionImage(cluster, broker, log, owners));
    }
  }
  return images;
}

/** Client ids by group and partition. */
type Owners = ReadonlyMap<string, ReadonlyMap<TopicPartitionName, string>>;

/** A member that was put out of its group may still work on records of a partition that another owns by now, and owns it no more. */
function ownersByGroup(cluster: Cluster): Owners {
  const owners = new Map<string, Map<TopicPartitionName, string>>();
  for (const actor of cluster.actors.values()) {
    if (actor.kind !== "consumer" || actor.member.generationId < 0) continue;
    let owned = owners.get(actor.groupId);
    if (!owned) owners.set(actor.groupId, (owned = new Map()));
    for (const name of actor.partitions.keys()) owned.set(name, actor.clientId);
  }
  return owners;
}

function partitionImage(cluster: Cluster, broker: Broker, log: PartitionLog, owners: Owners): PartitionImage {
  const tail = [];
  for (const { batch, index } of recordsBefore(log, log.logEndOffset)) {
    tail.push(recordImage(cluster, log.topic, batch, index));
    if (tail.length === TAIL_RECORDS) break;
  }
  return {
    topic: log.topic,
    partition: log.partition,
    leader: broker.nodeId,
    logStartOffset: log.logStartOffset,
    highWatermark: log.highWatermark,
    logEndOffset: log.logEndOffset,
    recordCount: log.recordCount,
    tail: tail.reverse(),
    tracks: isInternalTopic(log.topic) ? [] : trackImages(cluster, log, owners),
  };
}

function trackImages(cluster: Cluster, log: PartitionLog, owners: Owners): TrackImage[] {
  const tracks: TrackImage[] = [];
  const name = formatTopicPartition(log.topic, log.partition);
  for (const { groupId, topics } of cluster.topology.groups.values()) {
    if (!topics.includes(log.topic)) continue;
    tracks.push({ groupId, ...groupPlace(cluster, groupId, log.topic, log.partition), owner: owners.get(groupId)?.get(name) ?? null });
  }
  return tracks;
}

function producerImage(cluster: Cluster, clientId: string): ProducerImage | null {
  const found = clientOf(cluster, "producer", clientId);
  const spec = cluster.topology.producers.get(clientId);
  if (!found || !spec) return null;
  const { client, id } = found;
  let buffered = 0;
  for (const batches of client.accumulator.values()) for (const batch of batches) buffered += batch.keys.length;
  return {
    spec,
    actor: id,
    sent: client.sent,
    acknowledged: client.acknowledged,
    failed: client.failed,
    buffered,
    requestsInFlight: client.inFlight.size,
    decisions: decisionImages(cluster, client),
    why: missingOf(cluster, client.topics),
  };
}

function decisionImages(cluster: Cluster, producer: Producer): ProducerImage["decisions"] {
  return producer.decisions.toReversed().map((decision) => ({
    ...decision,
    colour: keyColour(cluster.watch.keys, decision.key),
    positive: decision.hash === null ? null : toPositive(decision.hash),
    batchSizeInBytes: decision.stickyBytes === null ? null : producer.config.batchSize,
  }));
}

/** Where the partitioner puts a key of a topic as it is now: what a producer would decide, whether or not one has lately. */
export function keyedDecision(cluster: Cluster, topic: string, key: string): PartitionDecision | null {
  const partitions = brokerOf(cluster).metadata.topics.get(topic)?.partitions.length;
  if (partitions === undefined) return null;
  const hash = hashKey(key);
  const colour = keyColour(cluster.watch.keys, key);
  return { topic, key, colour, partition: partitionForHash(hash, partitions), partitions, hash, positive: toPositive(hash), stickyBytes: null, batchSizeInBytes: null };
}

function groupImage(cluster: Cluster, broker: Broker, groupId: string, letter: number): GroupImage | null {
  const spec = cluster.topology.groups.get(groupId);
  if (!spec) return null;
  const group = broker.coordinator.groups.get(groupId);
  const audit = cluster.watch.audit.groups.get(groupId);
  let processed = 0;
  for (const counts of audit?.topics.values() ?? []) processed += counts.processed;
  return {
    spec,
    letter,
    state: group?.state ?? "Empty",
    generationId: group?.generationId ?? 0,
    protocolName: group?.protocolName ?? null,
    leader: clientIdOfMember(cluster, groupId, group?.leaderId ?? null),
    consumers: clientIdsIn(cluster, groupId),
    waiting: groupWaiting(cluster, groupId),
    lag: groupLag(cluster, groupId),
    isPositioned: isPositioned(cluster, groupId),
    processed,
    rebalances: cluster.watch.generations.get(groupId)?.rebalances ?? 0,
    coordinatorPartition: offsetsPartition(broker, groupId),
  };
}

function clientIdsIn({ topology, watch }: Cluster, groupId: string): string[] {
  const specs = [...topology.consumers.values(), ...Array.from(watch.crashed.values(), ({ spec }) => spec)];
  return [...new Set(specs.filter((spec) => spec.groupId === groupId).map(({ clientId }) => clientId))];
}

function clientIdOfMember(cluster: Cluster, groupId: string, memberId: string | null): string | null {
  for (const actor of cluster.actors.values()) if (actor.kind === "consumer" && actor.groupId === groupId && actor.member.memberId === memberId) return actor.clientId;
  return null;
}

function consumerImage(cluster: Cluster, clientId: string): ConsumerImage | null {
  const found = clientOf(cluster, "consumer", clientId);
  const spec = cluster.topology.consumers.get(clientId);
  if (!found || !spec) return null;
  const { client, id } = found;
  const phase = phaseOf(client);
  // It was moved and is still on its way out: what it did and owned there is nothing that its new group knows of.
  if (client.groupId !== spec.groupId) {
    return { spec, actor: id, phase, memberId: "", assignment: [], inWork: inWork(cluster, client), waiting: [], waitingCount: 0, processed: 0, lastCommitUs: null, why: whyOf(cluster, client, phase), silence: null };
  }
  return {
    spec,
    actor: id,
    phase,
    memberId: client.member.memberId,
    assignment: [...client.partitions.values()].toSorted(byPlace).map(({ topic, partition, position }) => ({ topic, partition, position: position ?? -1 })),
    inWork: inWork(cluster, client),
    waiting: waitingRecords(cluster, client),
    waitingCount: recordsHeld(client) - (client.work ? 1 : 0),
    processed: client.processed,
    lastCommitUs: client.lastCommitUs,
    why: whyOf(cluster, client, phase),
    silence: null,
  };
}

/** The consumers that crashed and that their groups still count on, unless others have taken their names. */
function crashedImages(cluster: Cluster): Map<string, ConsumerImage> {
  const images = new Map<string, ConsumerImage>();
  for (const [clientId, crashed] of cluster.watch.crashed) {
    const { spec, actor, memberId, partitions, processed, sessionTimeoutMs } = crashed;
    const untilUs = givenUpUs(cluster, crashed);
    if (cluster.topology.consumers.has(clientId) || !cluster.topology.groups.has(spec.groupId)) continue;
    const silence = untilUs === null ? null : { sinceUs: untilUs - sessionTimeoutMs * 1000, untilUs };
    const why = { id: "why.crashed", params: { group: spec.groupId, timeoutS: sessionTimeoutMs / 1000 } };
    const assignment = partitions.map(({ topic, partition }) => ({ topic, partition, position: -1 }));
    images.set(clientId, { spec, actor, phase: "crashed", memberId, assignment, inWork: null, waiting: [], waitingCount: 0, processed, lastCommitUs: null, why, silence });
  }
  return images;
}

/** In the order of the clients. */
function missingTopics({ topics, producers, groups }: Topology): string[] {
  const named = [...producers.values(), ...groups.values()].flatMap((client) => client.topics);
  return [...new Set(named)].filter((name) => !topics.has(name));
}

/** The first topic of a client that there is not: all that it gets of it is an error. */
function missingOf(cluster: Cluster, topics: readonly string[]): Narration | null {
  const topic = topics.find((name) => !cluster.topology.topics.has(name));
  return topic === undefined ? null : { id: "why.missing", params: { topic, error: errorName(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) } };
}

function byPlace(one: TopicPartition, other: TopicPartition): number {
  if (one.topic === other.topic) return one.partition - other.partition;
  return one.topic < other.topic ? -1 : 1;
}

function phaseOf(consumer: Consumer): ConsumerPhase {
  if (consumer.fatalException !== null) return "closed";
  if (consumer.closing) return "leaving";
  switch (consumer.member.state) {
    case "unjoined":
      return "starting";
    case "joining":
      return consumer.member.generationId >= 0 ? "rebalancing" : "joining";
    case "syncing":
      return "syncing";
    case "preparing":
      return "rebalancing";
    case "stable":
      return consumer.partitions.size > 0 ? "active" : "idle";
  }
}

function whyOf(cluster: Cluster, consumer: Consumer, phase: ConsumerPhase): Narration | null {
  const { groupId: group } = consumer;
  if (phase === "closed") return { id: "why.failed", params: { error: consumer.fatalException ?? "" } };
  if (phase === "starting" || phase === "joining") return { id: "why.joining", params: { group } };
  const missing = missingOf(cluster, consumer.topics);
  // Its last commit is refused for a topic that is gone, and before it has been taken, the member does not join again.
  if (missing && standsStill(consumer)) return { id: "why.commitRefused", params: { ...missing.params, timeoutS: consumer.config.maxPollIntervalMs / 1000 } };
  if (phase === "syncing" || phase === "rebalancing") return { id: "why.rebalancing", params: { group } };
  if (missing) return missing;
  if (phase === "idle") {
    const members = [...cluster.actors.values()].filter((actor) => actor.kind === "consumer" && actor.groupId === group);
    const partitions = consumer.topics.reduce((sum, topic) => sum + (brokerOf(cluster).metadata.topics.get(topic)?.partitions.length ?? 0), 0);
    return { id: "why.idle", params: { consumers: members.length, partitions, group } };
  }
  if (phase !== "active") return null;
  return consumer.work ? { id: "why.processing", params: {} } : recordsHeld(consumer) === 0 ? { id: "why.caughtUp", params: {} } : null;
}

function inWork(cluster: Cluster, consumer: Consumer): ConsumerImage["inWork"] {
  const range = consumer.polled[0];
  if (!consumer.work || !range) return null;
  return { ...recordImage(cluster, range.topic, range.batch, range.next), topic: range.topic, partition: range.partition, ...consumer.work };
}

function waitingRecords(cluster: Cluster, consumer: Consumer): ConsumerImage["waiting"] {
  const waiting: (ConsumerImage["waiting"][number])[] = [];
  let skip = consumer.work ? 1 : 0;
  for (const { topic, partition, batch, index } of heldRecords(consumer)) {
    if (skip-- > 0) continue;
    waiting.push({ ...recordImage(cluster, topic, batch, index), topic, partition });
    if (waiting.length === WAITING_RECORDS) break;
  }
  return waiting;
}

function* heldRecords(consumer: Consumer): Generator<Pick<RecordRange, "topic" | "partition"> & { batch: RecordBatch; index: number }> {
  for (const { topic, partition, batch, next, end } of [...consumer.polled, ...consumer.completedFetches]) {
    for (let index = next; index < end; index++) yield { topic, partition, batch, index };
  }
}

function logsOf(broker: Broker, topic: string): PartitionLog[] {
  const logs: PartitionLog[] = [];
  const partitions = broker.metadata.topics.get(topic)?.partitions.length ?? 0;
  for (let partition = 0; partition < partitions; partition++) {
    const log = broker.logs.get(formatTopicPartition(topic, partition));
    if (log) logs.push(log);
  }
  return logs;
}

