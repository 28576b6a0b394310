import { targetsOf } from "../apps/attempt";
import type { Processing } from "../apps/program";
import { booleanConfig, intConfig, listConfig, stringConfig, type Configs } from "../kafka/configs";
import { idempotenceEnabled } from "../kafka/producerConfigs";
import type { GroupSpec } from "../world/spec";
import type { Topology } from "../world/topology";

/** Why a record or message may never be worked on; each names a setting, and has a fault that shows it. */
export type LossReason =
  | "poolAutoCommit"
  | "endAutoCommit"
  | "sendOnAutoCommit"
  | "commitBefore"
  | "poolEach"
  | "skip"
  | "latest"
  | "acks0"
  | "noRetries"
  | "queue.noAck"
  | "queue.ackBefore"
  | "queue.skip"
  | "queue.rejectNowhere"
  | "queue.forwardNowhere"
  | "queue.notDurable"
  | "queue.goesWithReceiver"
  | "queue.transient"
  | "queue.noConfirms"
  | "queue.exchangeNotDurable"
  | "queue.expires"
  | "queue.dropHead"
  | "queue.rejectPublish";

/** Why it may be worked on more than once. */
export type DoubleReason =
  | "uncommitted"
  | "asyncCommit"
  | "commitEach"
  | "commitRefused"
  | "producerRetries"
  | "queue.unacknowledged"
  | "queue.ackEach"
  | "queue.ackLost"
  | "queue.confirmsRepeat"
  | "queue.brokerKilled"
  | "queue.twoWays";

/**
 * What settings promise of delivery, whatever has happened so far. Nothing here is delivered exactly once: who acknowledges before the work may
 * lose, who does so after it may repeat, and some settings do both.
 */
export interface DeliveryPromise extends Reasons {
  readonly promise: "atMostOnce" | "atLeastOnce" | "neither";
}

interface Reasons {
  readonly loses: readonly LossReason[];
  readonly doubles: readonly DoubleReason[];
}

export function promiseOf({ loses, doubles }: Reasons): DeliveryPromise {
  if (loses.length === 0) return { promise: "atLeastOnce", loses, doubles };
  return { promise: doubles.length === 0 ? "atMostOnce" : "neither", loses, doubles };
}

/** Which reasons of a table hold for any of some: the weakest of them counts. */
export function anyOf<Reason, Subject>(table: readonly (readonly [Reason, (subject: Subject) => boolean])[], subjects: readonly Subject[]): Reason[] {
  return table.filter(([, holds]) => subjects.some(holds)).map(([reason]) => reason);
}

/** What a group's settings promise: those of its members, and those of the producers that write to its topics. */
export function groupPromise(topology: Topology, group: GroupSpec): DeliveryPromise {
  const { loses, doubles } = memberReasons(topology, group);
  const producers = [...topology.producers.values()].filter(({ topics }) => topics.some((topic) => group.topics.includes(topic))).map(({ configs }) => configs);
  return promiseOf({ loses: [...loses, ...anyOf(producerLosses, producers)], doubles: [...doubles, ...anyOf(producerDoubles, producers)] });
}

/** What the members of a group alone make of what is stored. A group without any counts as one whose program is the usual one. */
export function memberReasons({ consumers }: Pick<Topology, "consumers">, group: GroupSpec): Reasons {
  const programs = [...consumers.values()].filter(({ groupId }) => groupId === group.groupId).map(({ processing }) => processing);
  const isAuto = booleanConfig("consumer", group.configs, "enable.auto.commit");
  const members = (programs.length > 0 ? programs : [{ timeMs: 0 }]).map((processing): Member => ({ group, isAuto, workers: processing.workers ?? 0, settle: isAuto ? "auto" : (processing.settle ?? "after"), processing }));
  return { loses: anyOf(memberLosses, members), doubles: anyOf(memberDoubles, members) };
}

interface Member {
  readonly group: GroupSpec;
  readonly isAuto: boolean;
  readonly workers: number;
  /** Automatic commits leave a program nothing to say. */
  readonly settle: NonNullable<Processing["settle"]> | "auto";
  readonly processing: Processing;
}

const memberLosses: readonly (readonly [LossReason, (member: Member) => boolean])[] = [
  ["poolAutoCommit", ({ isAuto, workers }) => isAuto && workers > 0],
  ["endAutoCommit", ({ isAuto, workers, group, processing }) => isAuto && workers === 0 && mayEnd(group, processing)],
  ["sendOnAutoCommit", ({ isAuto, workers, group, processing }) => isAuto && workers === 0 && targetsOf(processing).length > 0 && !mayEnd(group, processing)],
  ["commitBefore", ({ settle }) => settle === "before"],
  ["poolEach", ({ settle, workers }) => settle === "each" && workers > 1],
  ["skip", ({ processing }) => processing.rescue?.giveUp === "skip"],
  ["latest", ({ group }) => stringConfig("consumer", group.configs, "auto.offset.reset") === "latest"],
];

const memberDoubles: readonly (readonly [DoubleReason, (member: Member) => boolean])[] = [
  // Of a pool, also one that commits each: the last commit counts, though it be that of an earlier record.
  ["uncommitted", ({ settle, workers }) => settle === "auto" || settle === "after" || (workers > 0 && settle === "async") || (workers > 1 && settle === "each")],
  ["asyncCommit", ({ settle, workers }) => settle === "async" && workers === 0],
  ["commitEach", ({ settle, workers }) => settle === "each" && workers <= 1],
  ["commitRefused", ({ settle, group }) => settle === "before" && listConfig("consumer", group.configs, "partition.assignment.strategy").every((name) => name === "cooperative-sticky")],
];

const producerLosses: readonly (readonly [LossReason, (configs: Configs) => boolean])[] = [
  ["acks0", (configs) => stringConfig("producer", configs, "acks") === "0"],
  ["noRetries", (configs) => stringConfig("producer", configs, "acks") !== "0" && intConfig("producer", configs, "retries") === 0],
];

const producerDoubles: readonly (readonly [DoubleReason, (configs: Configs) => boolean])[] = [
  ["producerRetries", (configs) => stringConfig("producer", configs, "acks") !== "0" && intConfig("producer", configs, "retries") > 0 && !idempotenceEnabled(configs)],
];

/** Whether a handler that throws ends its program: one is said to throw, or somebody has thought of it, and nothing else catches it. */
function mayEnd({ topics }: GroupSpec, { failure, rescue }: Processing): boolean {
  if (failure?.how !== "throw" && !rescue) return false;
  if (rescue?.giveUp === "skip") return false;
  // Behind the last of the topics there is none.
  const last = rescue?.giveUp === "forward" ? rescue.topics?.at(-1) : undefined;
  return last === undefined || topics.includes(last);
}
