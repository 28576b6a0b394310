import { stringConfig } from "../kafka/configs";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ClientEvent } from "../clients/client";
import type { Consumer } from "../clients/consumer/consumer";
import type { ActorId } from "../sim/message";
import { brokerOf, clientOf, type Cluster } from "../world/cluster";
import type { DeliveryMode } from "../world/spec";
import { onAcknowledged, onPositioned, onProcessed } from "./audit";
import { groupWaiting } from "./position";
import { diedParams } from "./describe";
import { say } from "./say";
import { sayMode } from "./sayMode";

/** Takes in what a client tells: the audit counts it, and what a person should notice is said. */
export function observe(cluster: Cluster, actor: ActorId, event: ClientEvent): void {
  const { audit, keys } = cluster.watch;
  switch (event.type) {
    case "processed":
      return onProcessed(audit, keys, event, isMember(cluster, actor), brokerOf(cluster).logs.get(formatTopicPartition(event.topic, event.partition)));
    case "acknowledged":
      return onAcknowledged(audit, event.topic, event.partition, event.batch, event.baseOffset);
    case "positioned":
      return onPositionedAt(cluster, event);
    case "assigned":
      return onAssigned(cluster, event.groupId, event.generationId, event.assignor);
    case "pollExceeded":
      return say(cluster, "member.pollExceeded", { consumer: clientIdOf(cluster, actor), group: event.groupId }, { marker: "bad" });
    case "failed":
      return onFailed(cluster, clientIdOf(cluster, actor), event.groupId, event.exception);
    case "stickySwitched":
      return onStickySwitched(cluster, clientIdOf(cluster, actor), event);
    case "joining":
      return onJoining(cluster, event.groupId, clientIdOf(cluster, actor));
    case "closed":
  }
}

/** Said once in a while: how it goes on from there is the same again and again. */
function onStickySwitched(cluster: Cluster, producer: string, { partition, bytes }: Extract<ClientEvent, { type: "stickySwitched" }>): void {
  const { said } = cluster.watch;
  if (said?.narration.id === "sticky.switched" && cluster.nowUs - said.timeUs < ONCE_IN_US) return;
  say(cluster, "sticky.switched", { producer, partition: `P${partition}`, bytes });
}

const ONCE_IN_US = 12_000_000;

/** One sentence when the first of those that are there already joins again: the rebalance has begun. */
function onJoining(cluster: Cluster, groupId: string, clientId: string): void {
  const { causes, beginning } = cluster.watch;
  if (membersOf(cluster, groupId).every(({ member }) => member.generationId < 0)) beginning.add(groupId);
  const cause = causes.get(groupId);
  if (!cause || cause.startedUs !== undefined || cause.subject === clientId || cause.kind === "mode" || cause.kind === "restarted") return;
  causes.set(groupId, { ...cause, startedUs: cluster.nowUs });
  say(cluster, "rebalance.started", { group: groupId });
}

/** One sentence when every member has the new generation: the rebalance is over. */
function onAssigned(cluster: Cluster, groupId: string, generationId: number, assignor: string): void {
  const members = membersOf(cluster, groupId);
  if (!members.every(({ member }) => member.state === "stable" && member.generationId === generationId)) return;
  const { generations, causes, beginning } = cluster.watch;
  const known = generations.get(groupId) ?? { rebalances: 0, settled: -1 };
  if (known.settled === generationId) return;
  generations.set(groupId, { rebalances: known.rebalances + 1, settled: generationId });
  const cause = causes.get(groupId);
  if (!cause || members.some(({ needsRejoin }) => needsRejoin)) return;
  causes.delete(groupId);
  if (cause.kind === "mode") {
    beginning.delete(groupId);
    return sayMode(cluster, cause.subject as DeliveryMode, []); // a mode is its subject
  }
  // Where it begins is known when it has a position.
  if (beginning.has(groupId)) return;
  const pauseMs = assignor === "cooperative-sticky" || cause.startedUs === undefined ? 0 : Math.round((cluster.nowUs - cause.startedUs) / 1000);
  if (cause.kind === "partitions") return sayDealtOut(cluster, groupId, assignor, pauseMs);
  const subject = clientOf(cluster, "consumer", cause.subject)?.client;
  if ((cause.kind === "joined" || cause.kind === "moved") && subject) {
    const partitions = [...subject.partitions.values()].map(({ partition }) => partition).toSorted((one, other) => one - other).map((partition) => `P${partition}`);
    if (partitions.length > 0) return say(cluster, "rebalance.done.gained", { consumer: subject.clientId, group: groupId, partitions: partitions.join(", "), assignor, generation: generationId, pauseMs });
    const total = members.reduce((sum, member) => sum + member.partitions.size, 0);
    return say(cluster, "rebalance.done.idle", { consumer: subject.clientId, group: groupId, partitions: total });
  }
  if (cause.kind === "left" || cause.kind === "crashed" || cause.kind === "moved") say(cluster, "rebalance.done.left", { consumer: cause.subject, group: groupId, assignor, pauseMs });
}

/** New partitions were dealt out: what that cost the members is the assignor's protocol (KIP-429). */
function sayDealtOut(cluster: Cluster, group: string, assignor: string, pauseMs: number): void {
  say(cluster, assignor === "cooperative-sticky" ? "rebalance.done.cooperative" : "rebalance.done.eager", { group, assignor, pauseMs });
}

/** A group that begins says how: at its commits, or where auto.offset.reset says. */
function onPositionedAt(cluster: Cluster, { groupId, topic, partition, offset, from }: Extract<ClientEvent, { type: "positioned" }>): void {
  const { logs, metadata } = brokerOf(cluster);
  const { audit, beginning } = cluster.watch;
  const log = logs.get(formatTopicPartition(topic, partition));
  if (log) onPositioned(audit, groupId, topic, metadata.topics.get(topic)?.partitions.length ?? 0, log, offset, from);
  if (!beginning.delete(groupId)) return;
  if (from === "committed") return say(cluster, "group.resumed", { group: groupId, lag: groupWaiting(cluster, groupId) });
  const configs = cluster.topology.groups.get(groupId)?.configs ?? {};
  say(cluster, "group.reset", { group: groupId, policy: stringConfig("consumer", configs, "auto.offset.reset") });
}

/** The application has ended: with which exception, and where that follows from settings, from which. */
function onFailed(cluster: Cluster, consumer: string, groupId: string, exception: string): void {
  say(cluster, "member.died", diedParams(cluster, consumer, groupId, exception), { marker: "bad" });
}

/** The running consumers that are placed in a group. */
function membersOf(cluster: Cluster, groupId: string): Consumer[] {
  const members: Consumer[] = [];
  for (const actor of cluster.actors.values()) if (actor.kind === "consumer" && actor.groupId === groupId && actor.closing === null && actor.fatalException === null) members.push(actor);
  return members;
}

function isMember(cluster: Cluster, id: ActorId): boolean {
  const actor = cluster.actors.get(id);
  return actor?.kind === "consumer" && actor.member.generationId >= 0;
}

function clientIdOf(cluster: Cluster, id: ActorId): string {
  const actor = cluster.actors.get(id);
  return actor?.kind === "producer" || actor?.kind === "consumer" ? actor.clientId : "";
}
