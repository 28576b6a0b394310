import type { Narration } from "../../picture/image";
import type { Cluster } from "../../world/cluster";
import type { AmqpTopology, Topology } from "../../world/topology";
import type { QueueAudit } from "./amqpWatch";

/** What has become of records and messages in a world with RabbitMQ or with pools of workers, where something has gone otherwise than once and in order. */
export function describeFates(cluster: Cluster): Narration | null {
  const { topology } = cluster;
  if (topology.amqp) return describeOne(topology.amqp) ?? describeGone(cluster, topology.amqp) ?? describeCounts(cluster) ?? describeLate(cluster, topology.amqp) ?? describeAside(cluster) ?? describeOrder(cluster, topology.amqp);
  // Where there is no RabbitMQ, only what a pool loses is told.
  const lost = hasPool(topology) ? topicsOf(cluster).reduce((sum, each) => sum + each.lost, 0) : 0;
  return lost > 0 ? { id: "scene.lost", params: { lost } } : null;
}

/** So many out of order are no accident of one crash. */
const SOME = 3;

function hasPool({ consumers }: Topology): boolean {
  return [...consumers.values()].some(({ processing }) => processing.workers);
}

/** One receiver gets all, though there are more. */
function describeOne({ queues, receivers }: AmqpTopology): Narration | null {
  for (const { name, arguments: given } of queues.values()) {
    const own = [...receivers.values()].filter(({ queue }) => queue === name).length;
    if (given["x-single-active-consumer"] && own > 1) return { id: "scene.classic.oneActive", params: { queue: name, receivers: own } };
  }
  return null;
}

/** A queue that has lost messages otherwise than by a receiver that had settled them first. */
function describeGone(cluster: Cluster, { queues }: AmqpTopology): Narration | null {
  for (const name of queues.keys()) {
    const { lost, lastLoss } = auditOf(cluster, name) ?? { lost: 0, lastLoss: null };
    if (lost > 0 && lastLoss !== null && lastLoss !== "settled") return { id: `scene.classic.${lastLoss}`, params: { queue: name, lost } };
  }
  return null;
}

/** How many were lost, and how many done twice, by groups and queues that there are. */
function describeCounts(cluster: Cluster): Narration | null {
  let lost = 0;
  let twice = 0;
  for (const each of [...topicsOf(cluster), ...[...(cluster.topology.amqp?.queues.keys() ?? [])].flatMap((name) => auditOf(cluster, name) ?? [])]) {
    lost += each.lost;
    twice += each.twice;
  }
  if (lost > 0 && twice > 0) return { id: "scene.lostAndTwice", params: { lost, twice } };
  if (lost > 0) return { id: "scene.lost", params: { lost } };
  return twice > 0 ? { id: "scene.twice", params: { twice } } : null;
}

/** A queue that has come late, beside a group that has come late. */
function describeLate(cluster: Cluster, { queues }: AmqpTopology): Narration | null {
  const groups = [...cluster.topology.groups.keys()];
  if (groups.length < 2) return null;
  for (const { name, bindings } of queues.values()) {
    const reached = Math.max(0, ...bindings.map(({ exchange }) => cluster.watch.amqp?.exchanges.get(exchange)?.count ?? 0));
    const missed = reached - (auditOf(cluster, name)?.queued ?? 0);
    if (missed >= SOME) return { id: "scene.classic.neverGot", params: { queue: name, missed, group: groups.at(-1) ?? "" } };
  }
  return null;
}

/** Both have set aside what nobody can process. */
function describeAside(cluster: Cluster): Narration | null {
  const isAside = [...topicsOf(cluster)].some(({ setAside }) => setAside > 0) && [...(cluster.watch.amqp?.queues.values() ?? [])].some(({ deadLettered }) => deadLettered > 0);
  return isAside ? { id: "scene.classic.setAside", params: {} } : null;
}

function describeOrder(cluster: Cluster, { queues }: AmqpTopology): Narration | null {
  for (const name of queues.keys()) {
    const count = auditOf(cluster, name)?.outOfOrder ?? 0;
    if (count >= SOME && cluster.topology.topics.size > 0) return { id: "scene.classic.outOfOrder", params: { queue: name, count } };
  }
  return null;
}

function auditOf({ watch }: Cluster, queue: string): QueueAudit | undefined {
  return watch.amqp?.queues.get(queue);
}

/** The delivery check of each topic that a group reads. */
function topicsOf({ topology, watch }: Cluster) {
  return [...topology.groups.values()].flatMap(({ groupId, topics }) => topics.flatMap((topic) => watch.audit.groups.get(groupId)?.topics.get(topic) ?? []));
}
