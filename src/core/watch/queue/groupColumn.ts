import { isConsumer } from "../../clients/consumer/consumer";
import { senderOf } from "../../clients/recordTexts";
import { batchOfSlot } from "../../kafka/records/batchPage";
import { stringConfig } from "../../kafka/configs";
import { formatTopicPartition, type TopicPartitionName } from "../../kafka/topicPartition";
import type { ColumnImage } from "../../picture/amqpImage";
import { byteAt } from "../../sim/pagedList";
import { actorsOf, type Cluster } from "../../world/cluster";
import { leaderLogs, partitionCount } from "../actual";
import { auditImage } from "../auditImage";
import { FORGOTTEN, type GroupAudit } from "../auditState";
import { sendId } from "./amqpWatch";

/** A group's: all that is stored in its topics was sent to it, also where it has no position yet. */
export function groupColumn(cluster: Cluster, groupId: string): ColumnImage {
  const column = { model: "topic" as const, name: groupId, sent: 0, processed: 0, inWork: inWorkOf(cluster, groupId), waiting: 0, setAside: 0, lost: 0, neverGot: 0, twice: 0, outOfOrder: 0, readable: 0 };
  for (const topic of cluster.topology.groups.get(groupId)?.topics ?? []) {
    const audit = auditImage(cluster, groupId, topic);
    const ahead = notBegunWith(cluster, groupId, topic);
    column.sent += audit.acknowledged + audit.unconfirmed + audit.beforeStart + ahead.waiting + ahead.neverGot;
    column.processed += audit.processed;
    column.waiting += audit.waiting + ahead.waiting;
    column.setAside += audit.setAside;
    column.lost += audit.lost;
    column.neverGot += audit.beforeStart + ahead.neverGot;
    column.twice += audit.twice;
    column.outOfOrder += audit.outOfOrder;
    for (const log of leaderLogs(cluster.watch.actual, topic)) column.readable += log.recordCount;
  }
  return { ...column, waiting: column.waiting - column.inWork };
}

/**
 * What is stored where a group has no position yet: it waits for it; or, where the group will begin at the end (auto.offset.reset=latest), and
 * the partition was there when it began, it will never get that.
 */
function notBegunWith({ topology, watch: { audit, actual } }: Cluster, groupId: string, topic: string): { readonly waiting: number; readonly neverGot: number } {
  const group = audit.groups.get(groupId);
  const isLatest = stringConfig("consumer", topology.groups.get(groupId)?.configs ?? {}, "auto.offset.reset") === "latest";
  const known = group?.topics.get(topic)?.partitionsAtStart ?? 0;
  const ahead = { waiting: 0, neverGot: 0 };
  for (let partition = 0; partition < partitionCount(actual, topic); partition++) {
    const name = formatTopicPartition(topic, partition);
    if (group?.partitions.has(name)) continue;
    const isOwed = !isLatest || (known > 0 && partition >= known) || (actual.committed.get(groupId)?.has(name) ?? false);
    ahead[isOwed ? "waiting" : "neverGot"] += audit.partitions.get(name)?.stored ?? 0;
  }
  return ahead;
}

/** Different records that `poll()` has returned to some program of the group, and that nobody is done with. */
function inWorkOf(cluster: Cluster, groupId: string): number {
  const group = cluster.watch.audit.groups.get(groupId);
  const topics = cluster.topology.groups.get(groupId)?.topics ?? [];
  const open = new Set<number>();
  if (!group) return 0;
  for (const { topic, partition, producer, send } of recordsInHand(cluster, groupId)) {
    if (topics.includes(topic) && isOpen(cluster, group, formatTopicPartition(topic, partition), producer, send)) open.add(sendId(producer, send));
  }
  return open.size;
}

/** A record that waits for a group, as its check counts. */
function isOpen({ watch: { audit } }: Cluster, group: GroupAudit, name: TopicPartitionName, producer: number, send: number): boolean {
  const stored = audit.sends.get(producer);
  const sends = group.sends.get(producer);
  return group.partitions.has(name) && audit.partitions.has(name) && !(stored && byteAt(stored, send) & FORGOTTEN) && (!sends || byteAt(sends, send) === 0);
}

function* recordsInHand(cluster: Cluster, groupId: string): Generator<{ readonly topic: string; readonly partition: number; readonly producer: number; readonly send: number }> {
  for (const [, consumer] of actorsOf(cluster, isConsumer)) {
    if (consumer.groupId !== groupId || consumer.hasCrashed) continue;
    for (const { topic, partition, page, next, end } of consumer.polled) {
      for (let slot = next; slot < end; slot++) {
        const sender = senderOf({ page, batch: batchOfSlot(page, slot), slot });
        if (sender) yield { topic, partition, ...sender };
      }
    }
    // Those of a loop stand in what was polled, too.
    for (const { topic, partition, record } of consumer.jobs) {
      const sender = senderOf(record);
      if (sender) yield { topic, partition, ...sender };
    }
  }
}
