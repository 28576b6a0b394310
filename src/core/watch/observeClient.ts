import type { ClientFact } from "../clients/facts";
import { isConsumer, type Consumer } from "../clients/consumer/consumer";
import { isProducer } from "../clients/producer/producer";
import { stringConfig } from "../kafka/configs";
import type { ActorId } from "../sim/message";
import { actorsOf, clientOf, type Cluster } from "../world/cluster";
import type { DeliveryMode } from "../world/spec";
import { onAcknowledged, onPositioned } from "./audit";
import { onGivenUp, onProcessed } from "./auditDone";
import { diedParams } from "./describe";
import { modeSentence } from "./modeSentence";
import { groupWaiting } from "./position";
import { say } from "./say";

/** Takes in what a client tells: the audit counts it, and what a person should notice is said. */
export function observeClient(cluster: Cluster, actor: ActorId, fact: ClientFact): void {
  listeners[fact.type](cluster, actor, fact as never); // its own type's
}

type Listener<Type extends ClientFact["type"]> = (cluster: Cluster, actor: ActorId, fact: Extract<ClientFact, { type: Type }>) => void;

const listeners: { readonly [Type in ClientFact["type"]]: Listener<Type> } = {
  processed: ({ watch: { audit, actual, keys } }, _actor, fact) => onProcessed(audit, actual, keys, fact),
  setAside: ({ watch: { audit, actual } }, _actor, fact) => onGivenUp(audit, actual, fact, true),
  skipped: ({ watch: { audit, actual } }, _actor, fact) => onGivenUp(audit, actual, fact, false),
  threw: () => undefined,
  acknowledged: ({ watch: { audit } }, _actor, { topic, partition, batch }) => onAcknowledged(audit, topic, partition, batch),
  positioned: onPositionedAt,
  assigned: (cluster, _actor, { groupId, generationId, assignor }) => onAssigned(cluster, groupId, generationId, assignor),
  pollExceeded: (cluster, actor, { groupId }) => say(cluster, "member.pollExceeded", { consumer: clientIdOf(cluster, actor), group: groupId }, { marker: "bad" }),
  /** The application has ended: with which exception, and where that follows from settings, from which. */
  failed: (cluster, actor, { groupId, exception }) => say(cluster, "member.died", diedParams(cluster, clientIdOf(cluster, actor), groupId, exception), { marker: "bad" }),
  stickySwitched: onStickySwitched,
  joining: (cluster, actor, { groupId }) => onJoining(cluster, groupId, clientIdOf(cluster, actor)),
};

/** Said once in a while: how it goes on from there is the same again and again. */
function onStickySwitched(cluster: Cluster, actor: ActorId, { partition, bytes }: Extract<ClientFact, { type: "stickySwitched" }>): void {
  const { said } = cluster.watch;
  if (said?.narration.id === "sticky.switched" && cluster.nowUs - said.timeUs < ONCE_IN_US) return;
  say(cluster, "sticky.switched", { producer: clientIdOf(cluster, actor), partition: `P${partition}`, bytes });
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
    const { id, params } = modeSentence(cluster, cause.subject as DeliveryMode, []); // a mode is its subject
    return say(cluster, id, params);
  }
  // Where it begins is known when it has a position.
  if (beginning.has(groupId)) return;
  const pauseMs = assignor === "cooperative-sticky" || cause.startedUs === undefined ? 0 : Math.round((cluster.nowUs - cause.startedUs) / 1000);
  if (cause.kind === "partitions") return sayDealtOut(cluster, groupId, assignor, pauseMs);
  const subject = clientOf(cluster, isConsumer, cause.subject)?.client;
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
function onPositionedAt(cluster: Cluster, _actor: ActorId, { groupId, memberId, topic, partition, offset, from }: Extract<ClientFact, { type: "positioned" }>): void {
  const { audit, actual, beginning } = cluster.watch;
  onPositioned(audit, actual, { groupId, memberId, topic, partition, offset, from });
  if (!beginning.delete(groupId)) return;
  if (from === "committed") return say(cluster, "group.resumed", { group: groupId, lag: groupWaiting(cluster, groupId) });
  const configs = cluster.topology.groups.get(groupId)?.configs ?? {};
  say(cluster, "group.reset", { group: groupId, policy: stringConfig("consumer", configs, "auto.offset.reset") });
}

/** The running consumers that are placed in a group. */
function membersOf(cluster: Cluster, groupId: string): Consumer[] {
  return [...actorsOf(cluster, isConsumer)].flatMap(([, consumer]) => (consumer.groupId === groupId && consumer.closing === null && consumer.fatalException === null ? [consumer] : []));
}

function clientIdOf(cluster: Cluster, id: ActorId): string {
  const actor = cluster.actors.get(id);
  return isProducer(actor) || isConsumer(actor) ? actor.clientId : "";
}
