import { batchOfSlot } from "../../kafka/records/batchPage";
import { MAX_BLOCK_MS } from "../../clients/consumer/forward";
import { isBusy, isConsumer, isStalled, recordsHeld, type Consumer, type Job } from "../../clients/consumer/consumer";
import { standsStill } from "../../clients/consumer/membership";
import type { TopicPartition } from "../../kafka/topicPartition";
import { partitionCount } from "../../watch/actual";
import { givenUpUs } from "../../watch/crashed";
import { actorsOf, clientOf, type Cluster } from "../../world/cluster";
import type { ConsumerSpec } from "../../world/spec";
import type { EntityKind } from "../entityKind";
import type { ConsumerImage, ConsumerPhase, HeldRecordImage, Narration, WorkImage } from "../image";
import { withKnown } from "../isAlike";
import { missingOf } from "../missing";
import { recordImage } from "../recordImage";
import { isLookedAt } from "../scene";

const WAITING_RECORDS = 12;
const nonePooled = { pooled: [], pooledCount: 0 };

export const consumerEntity: EntityKind<ConsumerImage> = {
  field: "consumers",
  ids: ({ cluster }) => [...new Set([...cluster.topology.consumers.keys(), ...cluster.watch.crashed.keys()])],
  stamp: (scene, clientId) => {
    const { cluster } = scene;
    const crashed = cluster.actorsByClientId.has(clientId) ? undefined : cluster.watch.crashed.get(clientId);
    return [isLookedAt(scene, "consumers", clientId), cluster.touched.get(cluster.actorsByClientId.get(clientId) ?? -1), crashed && givenUpUs(cluster, crashed), cluster.watch.keys.size];
  },
  project: (scene, clientId, before) => (clientOf(scene.cluster, isConsumer, clientId) ? runningImage(scene.cluster, clientId, before, isLookedAt(scene, "consumers", clientId)) : crashedImage(scene.cluster, clientId)),
};

function runningImage(cluster: Cluster, clientId: string, before: ConsumerImage | null, isWhole: boolean): ConsumerImage | null {
  const found = clientOf(cluster, isConsumer, clientId);
  const spec = cluster.topology.consumers.get(clientId);
  if (!found || !spec) return null;
  const { client, id } = found;
  const phase = phaseOf(client);
  // It was moved and is still on its way out: what it did and owned there is nothing that its new group knows of.
  if (client.groupId !== spec.groupId) {
    return { spec, actor: id, phase, memberId: "", assignment: [], inWork: inWork(cluster, client), ...nonePooled, waiting: [], waitingCount: 0, processed: 0, lastCommitUs: null, why: whyOf(cluster, client, phase), silence: null };
  }
  return {
    spec,
    actor: id,
    phase,
    memberId: client.member.memberId,
    assignment: [...client.partitions.values()].toSorted(byPlace).map(({ topic, partition, position }) => ({ topic, partition, position: position ?? -1 })),
    inWork: inWork(cluster, client),
    pooled: isWhole ? withKnown(pooledRecords(cluster, client), before?.pooled ?? []) : [],
    pooledCount: Math.max(0, client.jobs.length - 1),
    waiting: isWhole ? withKnown(waitingRecords(cluster, client), before?.waiting ?? []) : [],
    waitingCount: recordsHeld(client) - client.jobs.length,
    processed: client.processed,
    lastCommitUs: client.lastCommitUs,
    why: whyOf(cluster, client, phase),
    silence: null,
  };
}

/** A consumer that crashed and that its group still counts on, unless another has taken its name. */
function crashedImage(cluster: Cluster, clientId: string): ConsumerImage | null {
  const crashed = cluster.watch.crashed.get(clientId);
  const wanted = cluster.topology.consumers.get(clientId);
  if (!crashed && wanted) return goneImage(wanted);
  if (!crashed || !cluster.topology.groups.has(crashed.spec.groupId)) return null;
  const { actor, memberId, partitions, processed, sessionTimeoutMs } = crashed;
  // What is wanted of it may have been changed since.
  const spec = wanted?.groupId === crashed.spec.groupId ? wanted : crashed.spec;
  const untilUs = givenUpUs(cluster, crashed);
  const silence = untilUs === null ? null : { sinceUs: untilUs - sessionTimeoutMs * 1000, untilUs };
  const why = { id: "why.crashed", params: { group: spec.groupId, timeoutS: sessionTimeoutMs / 1000 } };
  const assignment = partitions.map(({ topic, partition }) => ({ topic, partition, position: -1 }));
  return { spec, actor, phase: "crashed", memberId, assignment, inWork: null, ...nonePooled, waiting: [], waitingCount: 0, processed, lastCommitUs: null, why, silence };
}

/** Its group has given it up, and it is not started again yet. */
function goneImage(spec: ConsumerSpec): ConsumerImage {
  const why = { id: "why.restarting", params: {} };
  return { spec, actor: -1, phase: "crashed", memberId: "", assignment: [], inWork: null, ...nonePooled, waiting: [], waitingCount: 0, processed: 0, lastCommitUs: null, why, silence: null };
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
    const members = [...actorsOf(cluster, isConsumer)].filter(([, member]) => member.groupId === group);
    const partitions = consumer.topics.reduce((sum, topic) => sum + partitionCount(cluster.watch.actual, topic), 0);
    return { id: "why.idle", params: { consumers: members.length, partitions, group } };
  }
  if (phase !== "active") return null;
  if (isStalled(consumer)) return { id: "why.stalled", params: { group, timeoutS: consumer.config.maxPollIntervalMs / 1000 } };
  const sending = consumer.jobs.find((job) => job.sending)?.sending;
  if (sending) return { id: missingOf(cluster, [sending.topic]) ? "why.cannotSendOn" : "why.sendingOn", params: { topic: sending.topic, timeoutS: MAX_BLOCK_MS / 1000 } };
  if (consumer.jobs.length > 0) return consumer.processing.workers ? { id: "why.pool", params: { count: consumer.jobs.length, workers: consumer.processing.workers } } : { id: "why.processing", params: {} };
  return recordsHeld(consumer) === 0 ? { id: "why.caughtUp", params: {} } : null;
}

function inWork(cluster: Cluster, consumer: Consumer): ConsumerImage["inWork"] {
  const [job] = consumer.jobs;
  return job ? workImage(cluster, job) : null;
}

function pooledRecords(cluster: Cluster, { jobs }: Consumer): ConsumerImage["pooled"] {
  return jobs.slice(1, 1 + WAITING_RECORDS).map((job) => workImage(cluster, job));
}

function workImage(cluster: Cluster, job: Job): WorkImage {
  return { ...heldRecordImage(cluster, job), startUs: job.startUs, endUs: job.endUs };
}

function waitingRecords(cluster: Cluster, consumer: Consumer): ConsumerImage["waiting"] {
  const waiting: HeldRecordImage[] = [];
  let skip = isBusy(consumer) ? 1 : 0;
  for (const held of heldRecords(consumer)) {
    if (skip-- > 0) continue;
    waiting.push(heldRecordImage(cluster, held));
    if (waiting.length === WAITING_RECORDS) break;
  }
  return waiting;
}

function heldRecordImage(cluster: Cluster, { topic, partition, record }: HeldRecord): HeldRecordImage {
  const { offset, key, colour } = recordImage(cluster, topic, record);
  return { offset, key, colour, topic, partition };
}

type HeldRecord = Pick<Job, "topic" | "partition" | "record">;

function* heldRecords(consumer: Consumer): Generator<HeldRecord> {
  for (const { topic, partition, page, next, end } of [...consumer.polled, ...consumer.completedFetches]) {
    for (let slot = next; slot < end; slot++) yield { topic, partition, record: { page, batch: batchOfSlot(page, slot), slot } };
  }
}
