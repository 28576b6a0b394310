import { isConsumer, type Consumer } from "../clients/consumer/consumer";
import { digest } from "../sim/digest";
import { formatTopicPartition } from "../kafka/topicPartition";
import { committedOffset, leaderLogs } from "../watch/actual";
import { auditImages } from "../watch/auditImage";
import { actorsOf, clientOf, type Actor, type Cluster } from "../world/cluster";
import { runUntil, type EventSink } from "../world/kernel/run";
import { submit } from "../world/submit";
import { topicState } from "../world/wanted";
import { partOf } from "./actorPart";
import { addOwnActorParts } from "./actorParts";
import type { Witness } from "./witness";

addOwnActorParts();

const SECOND_US = 1_000_000;
/** Sessions have timed out, assignments have come, and what was under way has arrived by then, however slow the network. */
const MOST_US = 90 * SECOND_US;
/** Whoever is not there yet has at least come nearer in this time. */
const PROGRESS_US = 30 * SECOND_US;

/**
 * Producers stop, consumers need no time any more, and nobody gives commands: runs until every group has caught up. Returns what has not
 * come about, or null. A group with a long way to go need not arrive, but must be on its way.
 */
export function settle(cluster: Cluster, witness: Witness, sink: EventSink): string | null {
  const { topology } = cluster;
  for (const clientId of topology.producers.keys()) submit(cluster, { type: "alterProducer", clientId, source: { ratePerSecond: 0 } });
  for (const { clientId } of topology.consumers.values()) submit(cluster, { type: "alterConsumer", clientId, processing: { timeMs: 0 } });
  // Also those on their way out, which the topology does not name any more: they first finish what they have polled.
  for (const [, consumer] of actorsOf(cluster, isConsumer)) {
    const { workers } = consumer.processing;
    consumer.processing = { timeMs: 0, ...(workers !== undefined && { workers }) };
  }
  for (const [id, actor] of [...cluster.actors]) partOf(actor).calm?.(cluster, id, actor);
  let endUs = cluster.nowUs + MOST_US;
  let before = progress(cluster);
  let notedUs = 0;
  while (checkSettled(witness, cluster, new Map()) !== null) {
    endUs = Math.max(endUs, preparingUntilUs(cluster) + MOST_US);
    if (cluster.nowUs >= endUs) return checkSettled(witness, cluster, before);
    if (cluster.nowUs >= endUs - PROGRESS_US && notedUs !== endUs) {
      before = progress(cluster);
      notedUs = endUs;
    }
    runUntil(cluster, cluster.nowUs + SECOND_US, Infinity, sink);
  }
  return null;
}

/** Until when a member whose topic was deleted may try its last commit before it joins again. */
function preparingUntilUs(cluster: Cluster): number {
  const preparing = [...actorsOf(cluster, isConsumer)].filter(([, { member }]) => member.commitAgainUs !== null);
  return Math.max(0, ...preparing.map(([, { member }]) => member.preparingUntilUs));
}

/** How many records each client has done with: a consumer since it joined, a producer in its life. */
function progress(cluster: Cluster): ReadonlyMap<Actor, number> {
  return new Map([...cluster.actors.values()].map((actor) => [actor, doneBy(actor)]));
}

function doneBy(actor: Actor): number {
  return partOf(actor).progress?.(actor) ?? 0;
}

function isUnderWay(before: ReadonlyMap<Actor, number>, actor: Actor): boolean {
  return doneBy(actor) > (before.get(actor) ?? Infinity);
}

function checkSettled(witness: Witness, cluster: Cluster, before: ReadonlyMap<Actor, number>): string | null {
  const undone = [...cluster.topology.topics.keys()].find((name) => topicState(cluster, name) !== "there");
  if (undone !== undefined) return `what was asked for of topic ${undone} never comes about`;
  for (const { groupId, topics, configs } of cluster.topology.groups.values()) {
    const members = livingMembers(cluster, groupId);
    if (members.length === 0) continue;
    const other = members.find(({ config }) => digest(config.changed) !== digest(configs));
    if (other) return `${other.clientId} never gets the configs of its group ${groupId}`;
    const isNearing = members.some((consumer) => isUnderWay(before, consumer));
    const problem = checkMembers(cluster, groupId, members) ?? (isNearing ? null : checkCaughtUp(witness, cluster, groupId, topics, members));
    if (problem !== null) return `group ${groupId} never settles: ${problem}`;
  }
  return checkFinished(cluster, before);
}

/** The consumers placed in a group whose applications have not ended with an error. */
function livingMembers(cluster: Cluster, groupId: string): Consumer[] {
  return [...cluster.topology.consumers.values()]
    .filter((spec) => spec.groupId === groupId)
    .flatMap(({ clientId }) => clientOf(cluster, isConsumer, clientId)?.client ?? [])
    .filter(({ fatalException }) => fatalException === null);
}

function checkMembers(cluster: Cluster, groupId: string, members: readonly Consumer[]): string | null {
  const group = cluster.watch.actual.groups.get(groupId);
  if (group?.state !== "Stable") return `it is ${group?.state ?? "unknown to its coordinator"}`;
  for (const { clientId, member, closing, groupId: actual } of members) {
    if (actual !== groupId || closing !== null) return `${clientId} has not come`;
    if (member.state !== "stable") return `${clientId} is ${member.state}`;
    if (member.generationId !== group.generationId) return `${clientId} is in generation ${member.generationId} of ${group.generationId}`;
  }
  return group.members.size === members.length ? null : `it has ${group.members.size} members, and ${members.length} consumers live`;
}

function checkCaughtUp(witness: Witness, cluster: Cluster, groupId: string, topics: readonly string[], members: readonly Consumer[]): string | null {
  const { actual } = cluster.watch;
  for (const topic of topics) {
    for (const { partition, highWatermark: end } of leaderLogs(actual, topic)) {
      const name = formatTopicPartition(topic, partition);
      const owner = members.find((consumer) => consumer.partitions.has(name));
      const owned = owner?.partitions.get(name);
      if (!owner || !owned) return `nobody owns ${name}`;
      if (owned.nextToProcess !== end) return `${owner.clientId} is at ${owned.nextToProcess} of ${name}, which ends at ${end}`;
      const committed = committedOffset(actual, groupId, topic, partition);
      if (owner.config.enableAutoCommit && committed !== end) return `${committed} of ${name} is committed, which ends at ${end}`;
    }
    const waiting = auditImages(cluster).get(`${groupId}/${topic}`)?.waiting ?? 0;
    if (waiting > 0 && !witness.deletedTopics.has(topic)) return `${waiting} records of ${topic} wait for ever`;
  }
  return null;
}

/** Whatever could be done was done. */
function checkFinished(cluster: Cluster, before: ReadonlyMap<Actor, number>): string | null {
  for (const actor of cluster.actors.values()) {
    const problem = isUnderWay(before, actor) ? null : (partOf(actor).unfinished?.(cluster, actor) ?? null);
    if (problem !== null) return problem;
  }
  return null;
}
