import { isConsumer, type Consumer } from "../../clients/consumer/consumer";
import type { ActorId } from "../../sim/message";
import { leaderLog } from "../../watch/actual";
import { memberReasons } from "../../watch/promise";
import { actorsOf, type Cluster } from "../../world/cluster";
import type { ActorPart } from "../actorPart";
import { assignedNames } from "../assigned";
import { consumerLines } from "../traceLines";
import type { Witness } from "../witness";

export const consumerPart: ActorPart<Consumer> = {
  check: (witness, cluster, id, consumer) => {
    notePromise(witness, id, consumer);
    const problem = checkMembership(witness, cluster, id, consumer) ?? checkPositions(witness, cluster, consumer) ?? checkFetching(consumer) ?? checkPromise(witness, cluster, consumer.groupId);
    return problem === null ? null : `${consumer.clientId} (actor ${id}): ${problem}`;
  },
  progress: ({ processed }) => processed,
  trace: consumerLines,
};

function checkMembership(witness: Witness, cluster: Cluster, id: ActorId, consumer: Consumer): string | null {
  const { memberId, generationId, state } = consumer.member;
  const before = witness.members.get(id);
  if (before && before.memberId === memberId && generationId < before.generationId) return `went back from generation ${before.generationId} to ${generationId}`;
  witness.members.set(id, { memberId, generationId });
  const group = cluster.watch.actual.groups.get(consumer.groupId);
  if (generationId > (group?.generationId ?? -1)) return `is in generation ${generationId}, its group in ${group?.generationId ?? "none"}`;
  if (state !== "stable") return null;
  // Also from one that has joined the generation but not yet heard what it gets: it may still own what it had (KIP-429).
  for (const [otherId, other] of actorsOf(cluster, isConsumer)) {
    if (otherId === id || other.groupId !== consumer.groupId || other.member.generationId !== generationId) continue;
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
  for (const [name, { topic, partition, position, nextToProcess }] of partitions) {
    const log = leaderLog(cluster.watch.actual, topic, partition);
    if (position === null || !log || witness.deletedTopics.has(topic)) continue;
    if (position < log.logStartOffset || position > log.highWatermark) return `is at ${position} of ${name}, which has ${log.logStartOffset} to ${log.highWatermark}`;
    if (nextToProcess === null || nextToProcess > position) return `processes ${nextToProcess} of ${name}, but has fetched only below ${position}`;
  }
  return null;
}

/** One Fetch is under way for each broker, and `poll()` returned no more than it may. */
function checkFetching({ connections, polled, config, processing }: Consumer): string | null {
  const fetches = connections.inFlight.filter(({ request }) => request.api === "Fetch");
  const nodes = new Set(fetches.map(({ nodeId }) => nodeId));
  if (nodes.size < fetches.length) return `has ${fetches.length} Fetches under way to ${nodes.size} brokers`;
  const returned = polled.reduce((sum, { next, end }) => sum + end - next, 0);
  return returned > config.maxPollRecords && !processing.workers ? `was given ${returned} records at once, and max.poll.records is ${config.maxPollRecords}` : null;
}

/** What the settings of a member allow its group: those that it goes on with for a while, though others are wanted by now. */
function notePromise(witness: Witness, id: ActorId, { clientId, groupId, topics, processing, config }: Consumer): void {
  const known = witness.programs.get(id);
  if (known?.groupId === groupId && known.processing === processing && known.config === config) return;
  witness.programs.set(id, { groupId, processing, config });
  const { loses, doubles } = memberReasons({ consumers: new Map([[clientId, { clientId, groupId, processing }]]) }, { groupId, topics, configs: config.changed });
  if (loses.length > 0) witness.mayPassOver.add(groupId);
  if (doubles.length > 0) witness.mayRepeat.add(groupId);
  // It goes on with records of a partition that it lost and has again, and commits them though the same lie before it once more.
  if (processing.settle === "each" && (processing.workers ?? 0) > 0) witness.mayCommitAhead.add(groupId);
}

/** A group whose settings say that nothing is lost loses nothing, whatever else happens; and one whose settings say that nothing is done twice repeats nothing. */
function checkPromise(witness: Witness, cluster: Cluster, groupId: string): string | null {
  for (const [topic, { lost, twice }] of cluster.watch.audit.groups.get(groupId)?.topics ?? []) {
    if (witness.deletedTopics.has(topic)) continue;
    if (lost > 0 && !witness.mayPassOver.has(groupId)) return `${lost} records of ${topic} are lost for group ${groupId}`;
    // A lost answer makes a producer send again, and a lost commit makes a member read again.
    if (twice > 0 && !witness.hasFaults && !witness.mayRepeat.has(groupId)) return `${twice} records of ${topic} were processed twice by group ${groupId}`;
  }
  return null;
}
