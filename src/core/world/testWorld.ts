import { share } from "../sim/share";
import { offsetOf, valueOf } from "../clients/recordTexts";
import { batchOfSlot } from "../kafka/records/batchPage";
import { isBroker, type Broker } from "../broker/broker";
import { offsetsPartition } from "../broker/api/groups";
import type { ClassicGroup } from "../broker/group/classic/classicGroup";
import type { GroupCoordinatorState } from "../broker/group/coordinatorState";
import { isConsumer, type Consumer } from "../clients/consumer/consumer";
import { isProducer } from "../clients/producer/producer";
import { continueSend } from "../clients/producer/send";
import type { ApiName, ApiRequest } from "../kafka/api/api";
import type { Configs } from "../kafka/configs";
import { nextTimeUs } from "../sim/eventQueue";
import { committedOffset } from "../watch/actual";
import { kindOf } from "./actorKind";
import { producerContext } from "./actors/producer";
import { bootCluster } from "./boot";
import { actorsOf, clientOf, type Cluster, type SimulationEvent } from "./cluster";
import type { Command } from "./command";
import type { AuditImage } from "../picture/image";
import { runNext, runUntil } from "./kernel/run";
import type { ClusterSpec } from "./spec";
import { submit } from "./submit";
import { auditImages } from "../watch/auditImage";

/** A record that a consumer has finished. */
export interface Delivery {
  readonly atMs: number;
  readonly clientId: string;
  readonly partition: number;
  readonly offset: number;
  readonly value: string;
}

/** A request that has reached the broker. */
export interface Arrival {
  readonly atMs: number;
  readonly clientId: string;
  readonly request: ApiRequest;
}

/** For tests: a world one millisecond wide, whose producer `p` sends only when told. Keeps what was delivered and asked. */
export class TestWorld {
  readonly cluster: Cluster;
  /** Complete for consumers that take time for a record. */
  readonly deliveries: Delivery[] = [];
  readonly arrivals: Arrival[] = [];

  constructor(changes: Partial<ClusterSpec> = {}) {
    this.cluster = bootCluster({
      seed: 1,
      network: { latencyMs: 1, jitterMs: 0 },
      brokerConfigs: { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 0 },
      topics: [{ name: "orders", partitions: 1, configs: {} }],
      producers: [{ clientId: "p", topics: ["orders"], source: { ratePerSecond: 0, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: { "linger.ms": 1 } }],
      groups: [],
      consumers: [],
      ...changes,
    });
  }

  /** Runs on for so many virtual ms. */
  run(ms: number): void {
    const untilUs = this.cluster.nowUs + ms * 1000;
    while (nextTimeUs(this.cluster.queue) <= untilUs) this.step();
    runUntil(this.cluster, untilUs);
  }

  /** Runs one event. */
  step(): void {
    const busy = this.consumers().map((consumer) => ({ consumer, range: consumer.polled[0], slot: consumer.polled[0]?.next ?? 0, processed: consumer.processed }));
    runNext(this.cluster, (_cluster, event) => this.noteArrival(event));
    for (const { consumer, range, slot, processed } of busy) {
      if (!range || consumer.processed !== processed + 1) continue;
      const record = { page: range.page, batch: batchOfSlot(range.page, slot), slot };
      this.deliveries.push({ atMs: this.nowMs(), clientId: consumer.clientId, partition: range.partition, offset: offsetOf(record), value: String(valueOf(record)) });
    }
  }

  give(command: Command): void {
    const problem = submit(this.cluster, command);
    if (problem) throw new Error(`refused: ${problem.reason}`);
  }

  /** The producer sends these values now, all with one key, in one batch. */
  send(values: readonly string[], key: string | null = null, clientId = "p"): void {
    const found = clientOf(this.cluster, isProducer, clientId);
    if (!found) throw new Error(`there is no producer ${clientId}`);
    for (const value of values) {
      if (found.client.blocked) throw new Error(`${clientId} knows no topic yet`);
      found.client.blocked = share({ source: found.client.source, keyNumber: -1, draw: 0, text: share({ key, value }), topicIndex: 0, waitsFor: null });
      continueSend(found.client, producerContext(this.cluster, found.id));
    }
  }

  nowMs(): number {
    return this.cluster.nowUs / 1000;
  }

  consumer(clientId: string): Consumer {
    const found = clientOf(this.cluster, isConsumer, clientId);
    if (!found) throw new Error(`there is no consumer ${clientId}`);
    return found.client;
  }

  /** The partitions that each consumer owns, sorted. */
  owned(): Record<string, string[]> {
    return Object.fromEntries(this.consumers().map(({ clientId, partitions }) => [clientId, [...partitions.keys()].sort()]));
  }

  /** The broker there is. */
  broker(): Broker {
    return onlyBroker(this.cluster);
  }

  /** What the coordinator of a group has. */
  coordinator(groupId: string): GroupCoordinatorState {
    const { groupShards, configs } = this.broker();
    const shard = groupShards.get(offsetsPartition(configs, groupId));
    if (!shard) throw new Error(`nobody coordinates ${groupId}`);
    return shard.state;
  }

  /** A group as its coordinator has told of it. */
  group(groupId = "g"): ClassicGroup | undefined {
    return this.cluster.watch.actual.groups.get(groupId);
  }

  /** Committed offset of a group, or null. */
  committed(groupId = "g", topic = "orders", partition = 0): number | null {
    const offset = committedOffset(this.cluster.watch.actual, groupId, topic, partition);
    return offset < 0 ? null : offset;
  }

  audit(groupId = "g", topic = "orders"): AuditImage {
    const image = auditImages(this.cluster).get(`${groupId}/${topic}`);
    if (!image) throw new Error(`${groupId} does not read ${topic}`);
    return image;
  }

  /** When a request of an API has reached the broker, by ms, of one client or of all. */
  arrivedMs(api: ApiName, clientId?: string): number[] {
    return this.arrivals.filter(({ request, clientId: from }) => request.api === api && (clientId ?? from) === from).map(({ atMs }) => atMs);
  }

  /** The values that were delivered, in order, of one consumer or of all. */
  values(clientId?: string): string[] {
    return this.deliveries.filter((delivery) => (clientId ?? delivery.clientId) === delivery.clientId).map(({ value }) => value);
  }

  private consumers(): Consumer[] {
    return Array.from(actorsOf(this.cluster, isConsumer), ([, consumer]) => consumer);
  }

  private noteArrival(event: SimulationEvent): void {
    if (event.kind !== "message" || event.message.requestId !== null) return;
    const from = this.cluster.actors.get(event.message.from);
    const clientId = from ? kindOf(from).nameOf(from) : "admin";
    this.arrivals.push({ atMs: this.nowMs(), clientId, request: event.message.body as ApiRequest }); // no response: it has no requestId
  }
}

export function onlyBroker(cluster: Cluster): Broker {
  const [[, broker] = []] = actorsOf(cluster, isBroker);
  if (!broker) throw new Error("there is no broker");
  return broker;
}

/** What differs in a world of one group `g` with consumers `c1`, `c2` ... */
export interface GroupWorld {
  readonly partitions?: number;
  readonly members?: number;
  readonly timeMs?: number;
  readonly configs?: Configs;
  readonly brokerConfigs?: Configs;
}

/** A group that reads `orders` from the start, as quickly as a millisecond for a record allows. */
export function groupWorld({ partitions = 1, members = 1, timeMs = 1, configs = {}, brokerConfigs = {} }: GroupWorld = {}): TestWorld {
  return new TestWorld({
    brokerConfigs: { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 0, ...brokerConfigs },
    topics: [{ name: "orders", partitions, configs: {} }],
    groups: [{ groupId: "g", topics: ["orders"], configs: { "auto.offset.reset": "earliest", ...configs } }],
    consumers: Array.from({ length: members }, (_, index) => ({ clientId: `c${index + 1}`, groupId: "g", processing: { timeMs } })),
  });
}

/** The values `first` to `last`, as text. */
export function numbered(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
