import { formatTopicPartition } from "../../kafka/topicPartition";
import type { ClientEvent } from "../../clients/client";
import type { Consumer } from "../../clients/consumer/consumer";
import type { ActorId } from "../../sim/message";
import { brokerOf, clientOf, type Cluster } from "../cluster";
import { onAcknowledged, onPositioned, onProcessed } from "./audit";
import { groupLag } from "./position";
import { say } from "./say";

/** Takes in what a client tells: the audit counts it, and what a person should notice is said. */
export function observe(cluster: Cluster, actor: ActorId, event: ClientEvent): void {
  const { audit, keys } = cluster.watch;
  switch (event.type) {
    case "processed":
      return onProcessed(audit, keys, event, isMember(cluster, actor));
    case "acknowledged":
      return onAcknowledged(audit, event.topic, event.partition, event.batch, event.baseOffset);
    case "positioned": {
      const { logs, metadata } = brokerOf(cluster);
      const log = logs.get(formatTopicPartition(event.topic, event.partition));
      if (log) onPositioned(audit, event.groupId, event.topic, metadata.topics.get(event.topic)?.partitions.length ?? 0, log, event.offset);
      return;
    }
    case "assigned":
      return onAssigned(cluster, event.groupId, event.generationId, event.assignor);
    case "pollExceeded":
      return say(cluster, "member.pollExceeded", { consumer: clientIdOf(cluster, actor), group: event.groupId }, { marker: "bad" });
    case "stickySwitched":
      return say(cluster, "sticky.switched", { producer: clientIdOf(cluster, actor), partition: `P${event.partition}`, bytes: event.bytes });
    case "joining":
      return onJoining(cluster, event.groupId, clientIdOf(cluster, actor));
    case "closed":
  }
}

/** One sentence when the first of those that are there already joins again: the rebalance has begun. */
function onJoining(cluster: Cluster, groupId: string, clientId: string): void {
  const { causes } = cluster.watch;
  const cause = causes.get(groupId);
  if (!cause || cause.isUnderWay || cause.subject === clientId || cause.kind === "mode" || cause.kind === "restarted") return;
  causes.set(groupId, { ...cause, isUnderWay: true });
  say(cluster, "rebalance.started", { group: groupId });
}

/** One sentence when every member has the new generation: the rebalance is over. */
function onAssigned(cluster: Cluster, groupId: string, generationId: number, assignor: string): void {
  const members = membersOf(cluster, groupId);
  if (!members.every(({ member }) => member.state === "stable" && member.generationId === generationId)) return;
  const { generations, causes } = cluster.watch;
  const known = generations.get(groupId) ?? { rebalances: 0, settled: -1 };
  if (known.settled === generationId) return;
  generations.set(groupId, { rebalances: known.rebalances + 1, settled: generationId });
  const cause = causes.get(groupId);
  if (!cause || members.some(({ needsRejoin }) => needsRejoin)) return;
  causes.delete(groupId);
  const subject = clientOf(cluster, "consumer", cause.subject)?.client;
  if (cause.kind === "partitions") return sayDealtOut(cluster, groupId, assignor);
  if (cause.kind === "mode") return sayMode(cluster, groupId, cause.subject);
  if ((cause.kind === "joined" || cause.kind === "moved") && subject) {
    const partitions = [...subject.partitions.values()].map(({ partition }) => partition).toSorted((one, other) => one - other).map((partition) => `P${partition}`);
    if (partitions.length > 0) return say(cluster, "rebalance.done.gained", { consumer: subject.clientId, group: groupId, partitions: partitions.join(", "), assignor, generation: generationId });
    const total = members.reduce((sum, member) => sum + member.partitions.size, 0);
    return say(cluster, "rebalance.done.idle", { consumer: subject.clientId, group: groupId, partitions: total });
  }
  if (cause.kind === "left" || cause.kind === "crashed" || cause.kind === "moved") say(cluster, "rebalance.done.left", { consumer: cause.subject, group: groupId, assignor });
}

/** New partitions were dealt out: what that cost the members is the assignor's protocol (KIP-429). */
function sayDealtOut(cluster: Cluster, group: string, assignor: string): void {
  say(cluster, assignor === "cooperative-sticky" ? "rebalance.done.cooperative" : "rebalance.done.eager", { group, assignor });
}

function sayMode(cluster: Cluster, groupId: string, mode: string): void {
  if (mode === "queue") say(cluster, "mode.queue", { group: groupId, lag: groupLag(cluster, groupId) });
  else say(cluster, "mode.pubsub", { groups: new Set([...cluster.topology.consumers.values()].map((consumer) => consumer.groupId)).size });
}

/** The running consumers that are placed in a group. */
function membersOf(cluster: Cluster, groupId: string): Consumer[] {
  const members: Consumer[] = [];
  for (const actor of cluster.actors.values()) if (actor.kind === "consumer" && actor.groupId === groupId && actor.closing === null && actor.fatalErrorCode === 0) members.push(actor);
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
