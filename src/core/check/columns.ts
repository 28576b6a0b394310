import { isConsumer } from "../clients/consumer/consumer";
import { stringConfig } from "../kafka/configs";
import { recordsBetween } from "../broker/log/partitionLog";
import { offsetOf, senderOf } from "../clients/recordTexts";
import { batchOfSlot, type StoredRecord } from "../kafka/records/batchPage";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ColumnImage } from "../picture/amqpImage";
import { isAmqpBroker } from "../queue/broker/amqpBroker";
import { isPublisher } from "../queue/clients/publisher";
import { byteAt } from "../sim/pagedList";
import { leaderLogs } from "../watch/actual";
import { ASIDE, LOST, TIMES as PROCESSED } from "../watch/auditState";
import { DEAD, MEANT, QUEUED, sendId, TIMES } from "../watch/queue/amqpWatch";
import { groupColumn } from "../watch/queue/groupColumn";
import { queueColumn } from "../watch/queue/queueColumn";
import { leadsTo } from "../watch/queue/wantedRoutes";
import { actorsOf, type Cluster } from "../world/cluster";
import type { Witness } from "./witness";

/** Every column of the delivery check adds up, and is what a look at each record and message gives. */
export function checkColumns(witness: Witness, cluster: Cluster): string | null {
  for (const [groupId, { topics }] of cluster.topology.groups) {
    const column = groupColumn(cluster, groupId);
    const recounted = topics.some((topic) => witness.deletedTopics.has(topic)) ? null : recountGroup(cluster, groupId);
    const problem = checkSum(column) ?? compare(column, recounted);
    if (problem !== null) return problem;
  }
  for (const name of cluster.topology.amqp?.queues.keys() ?? []) {
    const column = queueColumn(cluster, name);
    const problem = checkSum(column) ?? compare(column, recountQueue(cluster, name));
    if (problem !== null) return problem;
  }
  return null;
}

function checkSum(column: ColumnImage): string | null {
  const { model, name, sent, processed, inWork, waiting, setAside, lost, neverGot, twice, outOfOrder, readable } = column;
  const figures = [sent, processed, inWork, waiting, setAside, lost, neverGot, twice, outOfOrder, readable];
  if (figures.some((figure) => figure < 0)) return `the column of ${model === "topic" ? "group" : "queue"} ${name} has a negative figure: ${figures.join(" ")}`;
  if (sent !== processed + inWork + waiting + setAside + lost + neverGot) return `the column of ${model === "topic" ? "group" : "queue"} ${name} does not add up: ${figures.join(" ")}`;
  return twice > processed || outOfOrder > processed ? `the column of ${model === "topic" ? "group" : "queue"} ${name} counts more twice or out of order than processed: ${figures.join(" ")}` : null;
}

type Fate = "processed" | "inWork" | "waiting" | "setAside" | "lost" | "neverGot";

const fates: readonly Fate[] = ["processed", "inWork", "waiting", "setAside", "lost", "neverGot"];

function compare(column: ColumnImage, fateOfEach: ReadonlyMap<number | string, Fate> | null): string | null {
  if (!fateOfEach) return null;
  const counts = fates.map((fate) => [...fateOfEach.values()].filter((each) => each === fate).length).join(" ");
  const shown = fates.map((fate) => column[fate]).join(" ");
  return shown === counts ? null : `${fates.join(", ")} of ${column.model === "topic" ? "group" : "queue"} ${column.name}: the column has ${shown}, a look at each gives ${counts}`;
}

/** What became of each record of a group's topics, from its logs. */
function recountGroup(cluster: Cluster, groupId: string): Map<string, Fate> {
  const { audit, actual } = cluster.watch;
  const { topics = [], configs = {} } = cluster.topology.groups.get(groupId) ?? {};
  const group = audit.groups.get(groupId);
  const inHand = recordsInHand(cluster, groupId);
  const found = new Map<string, Fate>();
  for (const log of topics.flatMap((topic) => leaderLogs(actual, topic))) {
    const name = formatTopicPartition(log.topic, log.partition);
    const position = group?.partitions.get(name);
    const known = group?.topics.get(log.topic)?.partitionsAtStart ?? 0;
    const beginsAtEnd = stringConfig("consumer", configs, "auto.offset.reset") === "latest" && (known === 0 || log.partition < known) && actual.committed.get(groupId)?.has(name) !== true;
    for (const record of recordsBetween(log, 0, log.logEndOffset)) {
      for (const { id, producer, send, offset } of sendOf(record)) {
        const sends = group?.sends.get(producer);
        const flags = sends ? byteAt(sends, send) : 0;
        const open = (): Fate => (position === undefined ? (beginsAtEnd ? "neverGot" : "waiting") : offset < position.start ? "neverGot" : inHand.has(id) ? "inWork" : "waiting");
        // Of copies the last one counts: it is the one that is owed.
        found.set(`${log.topic} ${id}`, flags & PROCESSED ? "processed" : flags & ASIDE ? "setAside" : flags & LOST ? "lost" : open());
      }
    }
  }
  return found;
}

function sendOf(record: StoredRecord): readonly { readonly id: number; readonly producer: number; readonly send: number; readonly offset: number }[] {
  const sender = senderOf(record);
  return sender ? [{ id: sendId(sender.producer, sender.send), ...sender, offset: offsetOf(record) }] : [];
}

function recordsInHand(cluster: Cluster, groupId: string): ReadonlySet<number> {
  const consumers = Array.from(actorsOf(cluster, isConsumer), ([, consumer]) => consumer).filter((consumer) => consumer.groupId === groupId && !consumer.hasCrashed);
  const polled = consumers.flatMap((consumer) => consumer.polled.flatMap(({ page, next, end }) => Array.from({ length: end - next }, (_, at) => ({ page, batch: batchOfSlot(page, next + at), slot: next + at })).flatMap(sendOf)));
  const jobs = consumers.flatMap((consumer) => consumer.jobs.flatMap(({ record }) => sendOf(record)));
  return new Set([...polled, ...jobs].map(({ id }) => id));
}

/** What became of each message that was meant for a queue, from what the broker and its programs have. */
function recountQueue(cluster: Cluster, name: string): Map<number, Fate> {
  const audit = cluster.watch.amqp?.queues.get(name);
  const found = new Map<number, Fate>();
  const withReceiver = messagesWithReceivers(cluster, name);
  const withPublisher = messagesWithPublishers(cluster, name);
  for (const [publisher, bytes] of audit?.sends ?? []) {
    const copies = audit?.copies.get(publisher);
    for (let send = 0; send < bytes.length; send++) {
      const byte = byteAt(bytes, send);
      const id = sendId(publisher, send);
      if (!(byte & (QUEUED | MEANT))) continue;
      const isHere = copies !== undefined && byteAt(copies, send) > 0;
      const gone: Fate = withPublisher.has(id) ? "waiting" : byte & QUEUED ? "lost" : "neverGot";
      if (!(byte & QUEUED)) found.set(id, gone);
      else if (byte & TIMES) found.set(id, "processed");
      else if (isHere) found.set(id, withReceiver.has(id) ? "inWork" : "waiting");
      else found.set(id, byte & DEAD ? "setAside" : gone);
    }
  }
  return found;
}

function messagesWithPublishers(cluster: Cluster, name: string): ReadonlySet<number> {
  const { amqp } = cluster.topology;
  const spec = amqp?.queues.get(name);
  if (!amqp || !spec) return new Set();
  const contents = Array.from(actorsOf(cluster, isPublisher), ([, { again, unconfirmed }]) => [...again, ...unconfirmed.values()]).flat();
  return new Set(contents.flatMap((content) => (content.origin && leadsTo(amqp, spec, content) ? [sendId(content.origin.publisher, content.origin.sendNumber)] : [])));
}

function messagesWithReceivers(cluster: Cluster, name: string): ReadonlySet<number> {
  const brokers = Array.from(actorsOf(cluster, isAmqpBroker), ([, broker]) => broker);
  const unacked = brokers.flatMap(({ connections, queues }) => [...connections.values()].flatMap(({ channels }) => [...channels.values()].flatMap((channel) => [...channel.unacked.values()].filter(({ queueId }) => queueId === queues.get(name)?.id).map(({ message }) => message.content))));
  const handed = [...(cluster.watch.amqp?.handed.values() ?? [])].flatMap((hands) => [...hands.values()].filter(({ queue }) => queue === name).map(({ content }) => content));
  return new Set([...unacked, ...handed].flatMap(({ origin }) => (origin ? [sendId(origin.publisher, origin.sendNumber)] : [])));
}
