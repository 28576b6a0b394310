import { clusterLimits } from "../kafka/limits";
import type { DeliveryMode, GroupSpec } from "./spec";
import type { Arrangement, Topology } from "./topology";
import { share } from "../sim/share";

/** One of the changes that a change of the delivery mode is made of: each is a command. */
export type Step =
  | { readonly type: "addGroup"; readonly group: GroupSpec }
  | { readonly type: "alterGroup"; readonly groupId: string; readonly topics: readonly string[] }
  | { readonly type: "moveConsumer"; readonly clientId: string; readonly groupId: string }
  | { readonly type: "removeGroup"; readonly groupId: string };

/**
 * How records are delivered now, topic by topic: as a queue while no topic is read by two groups that have consumers; as pub/sub where
 * some are, and each of their groups is one consumer; else mixed, a queue inside a group and pub/sub across them.
 */
export function deliveryMode(topology: Topology): DeliveryMode {
  const readers = readersOf(topology);
  const sharing = readers.filter(({ group }) => readers.some((other) => other.group !== group && isSharing(other.group, group)));
  if (sharing.length === 0) return "queue";
  return sharing.every(({ clientIds }) => clientIds.length === 1) ? "pubsub" : "mixed";
}

/** The modes that there is a way to. Nobody says how to mix: that is only gone back to. */
export function deliveryModes(topology: Topology, mode: DeliveryMode = deliveryMode(topology)): readonly DeliveryMode[] {
  const isMixed = mode === "mixed" || topology.arrangements.has("mixed");
  return isMixed ? ["queue", "mixed", "pubsub"] : ["queue", "pubsub"];
}

/**
 * What a change of the delivery mode is made of. A mode that was left before is gone back to: every consumer to the group that it had
 * there, with that group's topics and configs. Who was not there is placed by the mode. Queue: groups that share topics become one, which
 * reads all that any of them reads. Pub/sub: the first consumer of each group stays, every other gets a group of its own that is the same
 * in all but its name.
 */
export function deliverAsSteps(topology: Topology, mode: DeliveryMode): Step[] {
  const { homes, groups } = placement(topology, mode);
  const steps: Step[] = [];
  for (const { groupId, topics } of groups.values()) {
    const now = topology.groups.get(groupId);
    if (now && !isSame(now.topics, topics)) steps.push({ type: "alterGroup", groupId, topics });
  }
  const made = new Set(topology.groups.keys());
  for (const { clientId, groupId: from } of topology.consumers.values()) {
    const group = groups.get(homes.get(clientId) ?? from);
    if (!group || group.groupId === from) continue;
    if (!made.has(group.groupId)) steps.push({ type: "addGroup", group });
    made.add(group.groupId);
    steps.push({ type: "moveConsumer", clientId, groupId: group.groupId });
  }
  const staying = new Set(homes.values());
  for (const { group } of readersOf(topology)) if (!staying.has(group.groupId)) steps.push({ type: "removeGroup", groupId: group.groupId });
  return steps;
}

/** Remembers how it is, before these steps are taken. */
export function rememberArrangement(topology: Topology, steps: readonly Step[]): void {
  const homes = new Map(Array.from(topology.consumers.values(), ({ clientId, groupId }) => [clientId, groupId]));
  const given = new Map(steps.flatMap((step) => (step.type === "alterGroup" && step.topics ? [[step.groupId, step.topics]] : [])));
  topology.arrangements.set(deliveryMode(topology), share({ groups: new Map(topology.groups), homes, given }));
}

/** Puts the groups into the order that they had in this mode, when all are there again. */
export function restoreOrder(topology: Topology, mode: DeliveryMode): void {
  const { groups, arrangements } = topology;
  const first = [...(arrangements.get(mode)?.groups.keys() ?? [])].filter((groupId) => groups.has(groupId));
  topology.groups = new Map([...first, ...groups.keys()].map((groupId) => [groupId, groups.get(groupId) as GroupSpec])); // of its own keys
}

/** A consumer that goes is forgotten: another one of its name is another one. */
export function forgetConsumer({ arrangements }: Topology, clientId: string): void {
  for (const [mode, arrangement] of arrangements) {
    arrangements.set(mode, share({ ...arrangement, homes: new Map([...arrangement.homes].filter(([other]) => other !== clientId)) }));
  }
}

interface Placement {
  /** The group of each consumer. */
  readonly homes: Map<string, string>;
  readonly groups: Map<string, GroupSpec>;
}

/** Where every consumer shall be. */
function placement(topology: Topology, mode: DeliveryMode): Placement {
  const { consumers, arrangements } = topology;
  const placed: Placement = { homes: new Map(), groups: new Map() };
  if (mode === deliveryMode(topology)) return { homes: new Map(Array.from(consumers.values(), ({ clientId, groupId }) => [clientId, groupId])), groups: placed.groups };
  const before = arrangements.get(mode);
  for (const clientId of consumers.keys()) {
    const group = before?.groups.get(before.homes.get(clientId) ?? "");
    if (before && group) place(placed, clientId, asItWas(topology, before, group));
  }
  for (const { clientId, groupId } of consumers.values()) {
    const group = topology.groups.get(groupId);
    if (!group || placed.homes.has(clientId)) continue;
    if (mode === "queue") place(placed, clientId, together(topology, placed, group));
    // Who reads nothing shares it with nobody.
    else if (mode === "pubsub" && group.topics.length > 0 && placed.groups.has(groupId)) place(placed, clientId, { ...group, groupId: freeGroupId(topology, placed, `${groupId}-${clientId}`) });
    else place(placed, clientId, placed.groups.get(groupId) ?? group);
  }
  return placed;
}

function place({ homes, groups }: Placement, clientId: string, group: GroupSpec): void {
  homes.set(clientId, group.groupId);
  groups.set(group.groupId, group);
}

/** A group that is there still is as people have it now, but for topics that only a change of modes gave to it. */
function asItWas(topology: Topology, { given }: Arrangement, was: GroupSpec): GroupSpec {
  const now = topology.groups.get(was.groupId);
  if (!now) return was;
  return isSame(now.topics, given.get(was.groupId) ?? []) ? { ...now, topics: was.topics } : now;
}

/** The one group of all that share topics with this one, directly or through others: the first that was placed, or the first there is. */
function together(topology: Topology, placed: Placement, group: GroupSpec): GroupSpec {
  const readers = readersOf(topology);
  const joined = new Set([group]);
  for (const one of joined) for (const other of readers) if (isSharing(one, other.group)) joined.add(other.group);
  const clientIds = readers.flatMap((reader) => (joined.has(reader.group) ? reader.clientIds : []));
  const known = clientIds.map((clientId) => placed.homes.get(clientId)).find((groupId) => groupId !== undefined);
  const first = [...topology.consumers.values()].find(({ clientId }) => clientIds.includes(clientId))?.groupId;
  const home = placed.groups.get(known ?? "") ?? topology.groups.get(first ?? "") ?? group;
  return { ...home, topics: [...new Set([...home.topics, ...[...joined].flatMap(({ topics }) => topics)])] };
}

function freeGroupId(topology: Topology, placed: Placement, wanted: string): string {
  const isTaken = (groupId: string): boolean => topology.groups.has(groupId) || placed.groups.has(groupId);
  for (let number = 1; ; number++) {
    const groupId = (number === 1 ? wanted : `${wanted}-${number}`).slice(-clusterLimits.maxNameLength);
    if (!isTaken(groupId)) return groupId;
  }
}

interface Readers {
  readonly group: GroupSpec;
  readonly clientIds: readonly string[];
}

/** The groups that have consumers, in their order. */
function readersOf({ groups, consumers }: Topology): readonly Readers[] {
  const clientIds = new Map<string, string[]>();
  for (const consumer of consumers.values()) clientIds.set(consumer.groupId, [...(clientIds.get(consumer.groupId) ?? []), consumer.clientId]);
  return [...groups.values()].flatMap((group) => (clientIds.has(group.groupId) ? [{ group, clientIds: clientIds.get(group.groupId) ?? [] }] : []));
}

function isSharing(one: GroupSpec, other: GroupSpec): boolean {
  return one.topics.some((topic) => other.topics.includes(topic));
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((topic, at) => topic === other[at]);
}
