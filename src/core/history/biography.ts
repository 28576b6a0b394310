import type { PartitionLog } from "../broker/log/partitionLog";
import { isBroker } from "../broker/broker";
import { isConsumer, type Consumer } from "../clients/consumer/consumer";
import { isProducer } from "../clients/producer/producer";
import { asWritten } from "../clients/recordBatches";
import { baseOffsetOf, nextOffsetOf } from "../kafka/records/batchPage";
import { countOf } from "../kafka/records/madeBatch";
import { recordTimestampMs } from "../kafka/records/recordBatch";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId, Message } from "../sim/message";
import type { Cluster, SimulationEvent } from "../world/cluster";
import type { Body } from "../world/kernel/happening";
import { watchAgain, type WindEnd, type Winding } from "./winding";
import type { History } from "./history";
import { committedOffset, leaderLog } from "../watch/actual";
import { groupPlace } from "../watch/position";

/** Where a record was seen. */
export type BiographyStep = "sent" | "batched" | "stored" | "visible" | "acknowledged" | "fetched" | "processed" | "committed";

export interface BiographyMoment {
  readonly step: BiographyStep;
  /** Virtual µs; of "sent" whole ms, for that is what a record's CreateTime holds. */
  readonly timeUs: number;
  /** client.id of who did it: its producer, or a consumer; null for what the broker does. */
  readonly clientId: string | null;
  /** For a consumer's steps. */
  readonly groupId: string | null;
}

/** What happened to a record, in order; a step that was done twice is there twice. */
export interface Biography {
  readonly moments: readonly BiographyMoment[];
  /** Whether everything up to the present was looked at. */
  readonly isWhole: boolean;
}

export interface BiographyQuestion {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** The record's timestamp, virtual ms: nothing happened to it before. */
  readonly timestampMs: number;
}

/** Events that are repeated for one answer at most: some seconds' work. */
const MOST_EVENTS = 1_000_000;
/** An acknowledgement needs no longer than that, virtual µs, after a record is stored. */
const SETTLED_US = 1_000_000;

/** A biography under way: run `winding` to its end, and then take what was seen. */
export interface BiographyWork {
  readonly winding: Winding;
  result(end: WindEnd): Biography;
}

/** Looks for what became of a record up to now, by repeating the run from just before it was sent: no log keeps when a record was read. */
export function biography(history: History, question: BiographyQuestion): BiographyWork {
  const watcher = new RecordWatcher(question);
  const expected = groupsPast(history.cluster, question);
  const winding = watchAgain(history, question.timestampMs * 1000, (cluster, event) => watcher.see(cluster, event), () => watcher.hasSeen(expected), MOST_EVENTS);
  return { winding, result: (end) => ({ moments: watcher.moments, isWhole: end === "there" }) };
}

/** The groups that are done with the record; null while one of those that read its topic is not. */
function groupsPast(cluster: Cluster, { topic, partition, offset }: BiographyQuestion): readonly string[] | null {
  const readers = [...cluster.topology.groups.values()].filter(({ topics }) => topics.includes(topic)).map(({ groupId }) => groupId);
  return readers.every((groupId) => groupPlace(cluster, groupId, topic, partition).committedOffset > offset) ? readers : null;
}

/** Sees a run go by, and notes what happens to one record. */
class RecordWatcher {
  moments: BiographyMoment[] = [];
  private readonly question: BiographyQuestion;
  private readonly name: string;
  private readonly clientIds = new Map<ActorId, string>();
  /** Where each consumer was in the partition when it was seen last. */
  private readonly places = new Map<ActorId, { readonly next: number; readonly processed: number }>();
  /** Groups whose commit lies behind the record. */
  private readonly past = new Set<string>();
  private log: PartitionLog | undefined;
  private produceId: number | null = null;
  private storedUs = Infinity;
  private nowUs = 0;

  constructor(question: BiographyQuestion) {
    this.question = question;
    this.name = formatTopicPartition(question.topic, question.partition);
  }

  /** Whether all these groups have committed past the record, and the producer would have heard of it. */
  hasSeen(groups: readonly string[] | null): boolean {
    return groups !== null && this.nowUs > this.storedUs + SETTLED_US && groups.every((groupId) => this.past.has(groupId));
  }

  see(cluster: Cluster, event: SimulationEvent): void {
    this.nowUs = cluster.nowUs;
    if (event.kind === "sample") return;
    const id = event.kind === "message" ? event.message.to : event.actor;
    const actor = cluster.actors.get(id);
    if (event.kind === "message") this.remember(cluster, event.message);
    if (isBroker(actor)) this.seeBroker(cluster, event.kind === "message" ? event.message : null);
    else if (isProducer(actor) && event.kind === "message" && event.message.requestId !== null && event.message.requestId === this.produceId) this.note("acknowledged", actor.clientId, null);
    else if (isConsumer(actor)) this.seeConsumer(id, actor, event.kind === "message" && this.isFetchOfIt(event.message.body));
  }

  private seeConsumer(id: ActorId, consumer: Consumer, isFetch: boolean): void {
    const { offset } = this.question;
    const { clientId, groupId, processed } = consumer;
    if (isFetch) this.note("fetched", clientId, groupId);
    const next = consumer.partitions.get(this.name)?.nextToProcess ?? null;
    const before = this.places.get(id) ?? (isFetch ? { next: offset, processed: -1 } : null);
    // A place that is set anew passes records without processing them.
    if (before && next !== null && before.next <= offset && next > offset && processed > before.processed) this.note("processed", clientId, groupId);
    if (next === null) this.places.delete(id);
    else this.places.set(id, { next, processed });
  }

  private seeBroker(cluster: Cluster, message: Message<Body> | null): void {
    const { actual } = cluster.watch;
    const { topic, partition, offset } = this.question;
    const log = leaderLog(actual, topic, partition);
    // A topic that is made again has logs of its own.
    if (log !== this.log) this.begin(log);
    if (!log) return;
    if (this.storedUs === Infinity && log.logEndOffset > offset) {
      this.storedUs = cluster.nowUs;
      if (message?.body.api === "Produce") {
        this.produceId = message.id;
        this.noteSending(message, log.logEndOffset);
      }
      this.note("stored", null, null);
    }
    if (log.highWatermark > offset && !this.moments.some(({ step }) => step === "visible")) this.note("visible", null, null);
    if (message?.body.api !== "OffsetCommit" || message.requestId !== null || !("groupId" in message.body)) return;
    const { groupId } = message.body;
    const committed = committedOffset(actual, groupId, topic, partition);
    if (committed <= offset) this.past.delete(groupId);
    else if (!this.past.has(groupId)) {
      this.past.add(groupId);
      this.note("committed", this.clientIds.get(message.from) ?? null, groupId);
    }
  }

  /** When the application gave the record to its producer, and when its batch was sent. The log may have its own time instead (LogAppendTime). */
  private noteSending({ from, sentUs, body }: Message<Body>, endOffset: number): void {
    const { topic, partition, offset } = this.question;
    const batch = "topicData" in body ? body.topicData.find(({ name }) => name === topic)?.partitionData.find(({ index }) => index === partition)?.records : undefined;
    if (!batch) return;
    const clientId = this.clientIds.get(from) ?? null;
    const index = offset - (endOffset - countOf(batch));
    this.moments.push({ step: "sent", timeUs: recordTimestampMs(asWritten(batch), index) * 1000, clientId, groupId: null }, { step: "batched", timeUs: sentUs, clientId, groupId: null });
  }

  private begin(log: PartitionLog | undefined): void {
    this.log = log;
    this.moments = [];
    this.past.clear();
    this.storedUs = Infinity;
    this.produceId = null;
  }

  private isFetchOfIt(body: Body): boolean {
    if (body.api !== "Fetch" || !("responses" in body)) return false;
    const { topic, partition, offset } = this.question;
    return body.responses.some(
      (one) =>
        one.topic === topic &&
        one.partitions.some((part) => part.partitionIndex === partition && part.records.some(({ page, from, to }) => baseOffsetOf(page, from) <= offset && offset < nextOffsetOf(page, to - 1))),
    );
  }

  /** Who sends and gets messages; remembered, because messages still come from those that are gone. */
  private remember(cluster: Cluster, { from, to }: Message<Body>): void {
    for (const id of [from, to]) {
      const actor = cluster.actors.get(id);
      if (isProducer(actor) || isConsumer(actor)) this.clientIds.set(id, actor.clientId);
    }
  }

  private note(step: BiographyStep, clientId: string | null, groupId: string | null): void {
    this.moments.push({ step, timeUs: this.nowUs, clientId, groupId });
  }
}
