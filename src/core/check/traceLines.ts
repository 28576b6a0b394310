import type { Broker } from "../broker/broker";
import type { ClassicGroup } from "../broker/group/classic/classicGroup";
import type { PartitionLog } from "../broker/log/partitionLog";
import { decodeMetadataRecord } from "../broker/metadata/metadataLog";
import type { Consumer } from "../clients/consumer/consumer";
import { batchesOf } from "../clients/recordBatches";
import { decodeCoordinatorRecord } from "../kafka/coordinatorRecords";
import { nextOffset, type RecordBatch } from "../kafka/records/recordBatch";
import type { TopicPartitionName } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import { kindOf } from "../world/actorKind";
import type { Cluster } from "../world/cluster";
import { clientOfMember, offsetsText, words } from "./traceMessage";
import { CLUSTER_METADATA_TOPIC, CONSUMER_OFFSETS_TOPIC } from "../kafka/names";

/**
 * A run as text, one line for each thing that can be seen: `time in ms, from, to, what, details` in fixed columns, so that two runs can be
 * compared line by line. Requests and responses stand at the moment they arrive; below them, what changed because of them.
 */
export interface Tracer {
  /** What was seen last of each log, group and consumer: only changes make a line. */
  readonly ends: Map<PartitionLog, number>;
  readonly groups: Map<string, ClassicGroup>;
  readonly consumers: Map<ActorId, { readonly text: string; readonly processed: number; readonly next: ReadonlyMap<TopicPartitionName, number> }>;
  readonly names: Map<ActorId, string>;
}

export function logLines(tracer: Tracer, cluster: Cluster, id: ActorId, broker: Broker): string[] {
  const lines: string[] = [];
  for (const log of broker.logs.values()) {
    for (const batch of batchesOf(log, tracer.ends.get(log) ?? 0)) {
      const place = `${log.topic}-${log.partition}${offsetsText(batch.baseOffset, nextOffset(batch) - 1)}`;
      lines.push(line(cluster, nameOf(tracer, cluster, id), "", "appended", words(place, contents(log.topic, batch))));
    }
    tracer.ends.set(log, log.logEndOffset);
  }
  return lines;
}

/** What internal records say; those of people are told by the requests and responses. */
function contents(topic: string, { columns }: RecordBatch): string {
  if (topic === CLUSTER_METADATA_TOPIC) return countSame(columns.values.map((value) => decodeMetadataRecord(value).type));
  if (topic !== CONSUMER_OFFSETS_TOPIC) return "";
  return columns.keys
    .map((key, index) => {
      const record = decodeCoordinatorRecord(key as Uint8Array, columns.values[index] as Uint8Array | null); // the coordinator writes bytes
      const { group } = record.key;
      if (record.type === "GroupMetadata") return `${group} generation ${record.value?.generation ?? "gone"} members ${record.value?.members.length ?? 0}`;
      return `${group} ${record.key.topic}-${record.key.partition}=${record.value?.offset ?? "gone"}`;
    })
    .join(", ");
}

/** `TopicRecord PartitionRecord*50` */
function countSame(names: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return words(...[...counts].map(([name, count]) => (count === 1 ? name : `${name}*${count}`)));
}

export function groupLines(tracer: Tracer, cluster: Cluster, id: ActorId, broker: Broker): string[] {
  const lines: string[] = [];
  for (const group of [...broker.groupShards.values()].flatMap((shard) => [...shard.state.groups.values()])) {
    const { groupId } = group;
    const before = tracer.groups.get(groupId);
    tracer.groups.set(groupId, group);
    const { state, generationId, members } = group;
    if (before && before.state === state && before.generationId === generationId && before.members.size === members.size) continue;
    const clients = [...members.keys()].map(clientOfMember).join(",");
    lines.push(line(cluster, nameOf(tracer, cluster, id), "", "group", words(groupId, state, `generation ${generationId}`, clients)));
  }
  return lines;
}

export function consumerLines(tracer: Tracer, cluster: Cluster, id: ActorId, consumer: Consumer): string[] {
  const lines: string[] = [];
  const name = nameOf(tracer, cluster, id);
  const before = tracer.consumers.get(id);
  const next = new Map<TopicPartitionName, number>();
  for (const [partition, { nextToProcess }] of consumer.partitions) if (nextToProcess !== null) next.set(partition, nextToProcess);
  if (before && consumer.processed > before.processed) {
    for (const [partition, offset] of next) {
      const from = before.next.get(partition) ?? offset;
      if (offset > from) lines.push(line(cluster, name, "", "processed", `${partition}${offsetsText(from, offset - 1)}`));
    }
  }
  const text = memberText(consumer);
  if (before?.text !== text) lines.push(line(cluster, name, "", "member", text));
  tracer.consumers.set(id, { text, processed: consumer.processed, next });
  return lines;
}

function memberText({ groupId, member, partitions, closing, fatalException }: Consumer): string {
  const generation = member.generationId < 0 ? "" : `generation ${member.generationId}`;
  const owned = partitions.size === 0 ? "owns nothing" : `owns ${[...partitions.keys()].toSorted().join(" ")}`;
  return words(groupId, member.state, generation, owned, closing ?? "", fatalException === null ? "" : `failed ${fatalException}`);
}

/** An actor's name; remembered, because messages still come from and to those that are gone. */
export function nameOf(tracer: Tracer, cluster: Cluster, id: ActorId): string {
  const known = tracer.names.get(id);
  if (known !== undefined) return known;
  const actor = cluster.actors.get(id);
  const name = actor === undefined ? "?" : kindOf(actor).nameOf(actor);
  tracer.names.set(id, name);
  return name;
}

export function line({ nowUs }: Cluster, from: string, to: string, what: string, details: string): string {
  const time = `${Math.floor(nowUs / 1000)}.${String(nowUs % 1000).padStart(3, "0")}`;
  return `${time.padStart(11)}  ${from.padEnd(10)} ${(to === "" ? "" : `> ${to}`).padEnd(12)} ${what.padEnd(15)} ${details}`.trimEnd();
}
