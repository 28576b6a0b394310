import { intConfig } from "../kafka/configs";
import { isConsumer, isStalled, type Consumer } from "../clients/consumer/consumer";
import { actorsOf, clientOf, type Cluster } from "../world/cluster";
import { deliveryMode } from "../world/deliveryMode";
import type { Narration } from "../picture/image";
import { partitionCount } from "./actual";
import { givenUpUs } from "./crashed";
import { groupWaiting, groupPlace } from "./position";

/** What is wrong in the world now, the worst first; null when nothing is. */
export function describeTrouble(cluster: Cluster): Narration | null {
  return described(cluster, "trouble") ?? describeDead(cluster) ?? describeSilent(cluster) ?? describeStalled(cluster) ?? describeMissing(cluster);
}

/** Whose records wait more and more, or less and less; null when nobody's do. */
export function describeTrend(cluster: Cluster): Narration | null {
  const trending = [...cluster.watch.trends].filter(([, { direction }]) => direction !== null);
  const [worst] = trending.toSorted(([one], [other]) => groupWaiting(cluster, other) - groupWaiting(cluster, one));
  if (!worst) return null;
  const [group, { direction }] = worst;
  const lag = groupWaiting(cluster, group);
  if (direction === "draining") return { id: "lag.draining", params: { group, lag } };
  const readers = readersOf(cluster, group);
  if (readers.length === 0) return { id: "lag.unread", params: { group, lag } };
  const slow = readers.map((consumer) => ({ consumer: consumer.clientId, lag: lagOf(cluster, consumer) })).find((one) => one.lag >= lag * MOST_OF);
  return slow ? { id: "consumer.slow", params: { ...slow, group } } : { id: "lag.growing", params: { group, lag } };
}

type Describer = (cluster: Cluster) => Narration | null;

/** Who knows more of what is wrong, and of what there is. They belong to no world. */
const describers = { trouble: [] as Describer[], scene: [] as Describer[] };

/** Adds one; a chunk that is loaded later adds its own then. */
export function addDescriber(of: keyof typeof describers, describe: Describer): void {
  describers[of].push(describe);
}

function described(cluster: Cluster, of: keyof typeof describers): Narration | null {
  for (const describe of describers[of]) {
    const narration = describe(cluster);
    if (narration) return narration;
  }
  return null;
}

/** What the scene shows: who reads what, from the assignments as they are now. */
export function describeScene(cluster: Cluster): Narration {
  const { topology } = cluster;
  const more = described(cluster, "scene");
  if (more) return more;
  if (topology.topics.size === 0 || topology.producers.size === 0) return { id: "scene.empty", params: {} };
  const groups = [...new Set([...topology.consumers.values()].map(({ groupId }) => groupId))];
  const [only] = groups;
  if (only === undefined) return { id: "scene.noConsumers", params: {} };
  const unsubscribed = groups.find((groupId) => topology.groups.get(groupId)?.topics.length === 0);
  if (unsubscribed !== undefined) return { id: "scene.readsNothing", params: { group: unsubscribed } };
  if (groups.length === 1) return describeGroup(cluster, only);
  const mode = deliveryMode(topology);
  return { id: mode === "queue" ? "scene.separate" : mode === "mixed" ? "scene.mixed" : "scene.pubsub", params: { groups: groups.length } };
}

/** Why an application ended, with the settings that it follows from. */
export function diedParams(cluster: Cluster, consumer: string, group: string, exception: string): Narration["params"] {
  const { brokerConfigs, groups } = cluster.topology;
  const limits = exception === "InvalidSessionTimeoutException" ? { min: intConfig("broker", brokerConfigs, "group.min.session.timeout.ms"), max: intConfig("broker", brokerConfigs, "group.max.session.timeout.ms") } : {};
  return {
    consumer,
    group,
    exception,
    timeoutMs: intConfig("consumer", groups.get(group)?.configs ?? {}, "session.timeout.ms"),
    size: intConfig("broker", brokerConfigs, "group.max.size"),
    ...limits,
  };
}

/** A consumer is the slow one when so much of what waits for its group waits in its partitions. */
const MOST_OF = 0.7;

function describeDead(cluster: Cluster): Narration | null {
  for (const { clientId, groupId } of cluster.topology.consumers.values()) {
    const exception = clientOf(cluster, isConsumer, clientId)?.client.fatalException ?? null;
    if (exception !== null) return { id: "member.died", params: diedParams(cluster, clientId, groupId, exception) };
  }
  return null;
}

function describeSilent(cluster: Cluster): Narration | null {
  for (const crashed of cluster.watch.crashed.values()) {
    const endUs = givenUpUs(cluster, crashed);
    if (endUs === null) continue;
    const { spec, partitions, sessionTimeoutMs } = crashed;
    const silentS = Math.floor((sessionTimeoutMs * 1000 - (endUs - cluster.nowUs)) / 1_000_000);
    return { id: "member.silent", params: { consumer: spec.clientId, group: spec.groupId, silentS, timeoutS: sessionTimeoutMs / 1000, partitions: partitions.map(({ partition }) => `P${partition}`).join(", ") } };
  }
  return null;
}

/** A handler that does not return, while its consumer is still a member. */
function describeStalled(cluster: Cluster): Narration | null {
  for (const { clientId, groupId } of cluster.topology.consumers.values()) {
    const consumer = clientOf(cluster, isConsumer, clientId)?.client;
    if (consumer && isStalled(consumer)) return { id: "consumer.stalled", params: { consumer: clientId, group: groupId, timeoutS: consumer.config.maxPollIntervalMs / 1000 } };
  }
  return null;
}

/** A topic that somebody sends to or subscribes to, and that there is not. */
function describeMissing(cluster: Cluster): Narration | null {
  const { topics, producers, groups, consumers } = cluster.topology;
  const readers = [...groups.values()].filter(({ groupId }) => [...consumers.values()].some((consumer) => consumer.groupId === groupId));
  for (const client of [...readers, ...producers.values()]) {
    const topic = client.topics.find((name) => !topics.has(name));
    if (topic !== undefined) return { id: "topic.missing", params: { topic, client: "groupId" in client ? client.groupId : client.clientId } };
  }
  for (const [, { clientId, jobs }] of actorsOf(cluster, isConsumer)) {
    const waits = jobs.find(({ sending }) => sending && !topics.has(sending.topic));
    if (waits?.sending) return { id: "topic.missing", params: { topic: waits.sending.topic, client: clientId } };
  }
  return null;
}

/** One group that is alone: how its members share its partitions. */
function describeGroup(cluster: Cluster, group: string): Narration {
  const readers = readersOf(cluster, group);
  const topics = cluster.topology.groups.get(group)?.topics ?? [];
  const partitions = topics.reduce((sum, topic) => sum + (partitionCount(cluster.watch.actual, topic)), 0);
  const members = readers.length;
  if (readers.some(({ member }) => member.state !== "stable")) return { id: "rebalance.started", params: { group } };
  const idle = readers.filter((consumer) => consumer.partitions.size === 0).length;
  if (members === 0) return { id: "scene.gathering", params: { group } };
  if (members === 1) return { id: "scene.queue.single", params: { partitions } };
  if (idle > 0) return { id: "scene.queue.idle", params: { idle, partitions } };
  if (members === partitions) return { id: "scene.queue.balanced", params: { members, partitions } };
  return { id: "scene.queue", params: { members, partitions } };
}

/** The members that a group has now: those that wait to be let in are none yet. */
function readersOf(cluster: Cluster, groupId: string): Consumer[] {
  return [...actorsOf(cluster, isConsumer)].flatMap(([, consumer]) => (consumer.groupId === groupId && consumer.fatalException === null && consumer.member.generationId >= 0 ? [consumer] : []));
}

function lagOf(cluster: Cluster, consumer: Consumer): number {
  let lag = 0;
  for (const { topic, partition } of consumer.partitions.values()) lag += groupPlace(cluster, consumer.groupId, topic, partition).waiting;
  return lag;
}
