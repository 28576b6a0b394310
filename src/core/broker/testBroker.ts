import type { ApiRequest, ApiResponse, ResponseOf } from "../kafka/api/api";
import type { FetchRequest } from "../kafka/api/fetch";
import type { ProduceRequest } from "../kafka/api/produce";
import type { Configs } from "../kafka/configs";
import { makeRecordBatch } from "../kafka/records/makeRecordBatch";
import type { RecordBatch } from "../kafka/records/recordBatch";
import { formatTopicPartition } from "../kafka/topicPartition";
import type { ActorId } from "../sim/message";
import type { Timer } from "../sim/timer";
import { offsetsPartition } from "./api/groups";
import { newBroker, type Broker, type BrokerContext } from "./broker";
import type { RequestId } from "./handlerResult";
import type { BrokerFact } from "./facts";
import type { GroupCoordinatorState } from "./group/coordinatorState";
import { handleBrokerTimer, handleDisconnect, handleRequest, startUp } from "./handleRequest";
import type { PartitionLog } from "./log/partitionLog";

/** For tests: one broker with a clock and its timers, which keeps the answers it gave, but no network around it. Its own context. */
export class TestBroker implements BrokerContext {
  readonly broker: Broker;
  readonly answers = new Map<RequestId, ApiResponse>();
  readonly timers = new Map<Timer["key"], { readonly timer: Timer; readonly atUs: number }>();
  readonly facts: BrokerFact[] = [];
  nowUs = 1_000_000;
  private requests = 0;

  constructor(configs: Configs = {}) {
    this.broker = newBroker(1, { "offsets.topic.replication.factor": 1, ...configs }, 1);
    startUp(this.broker, this);
  }

  /** Sends a request and gives its id, by which `answers` may have the answer now or later. */
  send(body: ApiRequest, from: ActorId = 2): RequestId {
    const id = (this.requests += 1);
    handleRequest(this.broker, this, { id, requestId: null, from, to: 1, connection: 0, sentUs: this.nowUs, arriveUs: this.nowUs, body });
    return id;
  }

  /** Sends a request that is answered at once. */
  ask<Request extends ApiRequest>(request: Request): ResponseOf<Request["api"]> {
    const name: Request["api"] = request.api;
    return this.answer<Request["api"]>(this.send(request), name);
  }

  answer<Name extends ApiRequest["api"]>(id: RequestId, api: Name): ResponseOf<Name> {
    const response = this.answers.get(id);
    if (response?.api !== api) throw new Error(`${api} ${id} has no answer`);
    return response as ResponseOf<Name>; // Its api was just compared.
  }

  /** Moves the clock on, firing each timer at its own time. */
  sleep(ms: number): void {
    const untilUs = this.nowUs + ms * 1000;
    for (;;) {
      const [next] = [...this.timers.values()].sort((one, other) => one.atUs - other.atUs);
      if (next === undefined || next.atUs > untilUs) break;
      this.timers.delete(next.timer.key);
      this.nowUs = next.atUs;
      handleBrokerTimer(this.broker, this, next.timer);
    }
    this.nowUs = untilUs;
  }

  disconnect(from: ActorId): void {
    handleDisconnect(this.broker, this, from, null);
  }

  createTopic(name: string, partitions = 1, configs: Readonly<Record<string, string>> = {}): void {
    const changed = Object.entries(configs).map(([config, value]) => ({ name: config, value }));
    this.ask({ api: "CreateTopics", timeoutMs: 1000, topics: [{ name, numPartitions: partitions, replicationFactor: 1, configs: changed }] });
  }

  log(topic: string, partition = 0): PartitionLog {
    const log = this.broker.logs.get(formatTopicPartition(topic, partition));
    if (!log) throw new Error(`there is no ${topic}-${partition}`);
    return log;
  }

  respond(to: RequestId, response: ApiResponse): void {
    if (this.broker.requests.delete(to)) this.answers.set(to, response);
  }

  /** The coordinator of a group. */
  coordinator(groupId: string): GroupCoordinatorState {
    const shard = this.broker.groupShards.get(offsetsPartition(this.broker.configs, groupId));
    if (!shard) throw new Error(`the broker does not coordinate ${groupId}`);
    return shard.state;
  }

  setTimer(timer: Timer, atUs: number): void {
    this.timers.set(timer.key, { timer, atUs });
  }

  cancelTimer(timer: Timer): void {
    this.timers.delete(timer.key);
  }

  tell(fact: BrokerFact): void {
    this.facts.push(fact);
  }
}

/** A batch of these values, one key for all, at one moment. */
export function batchOf(values: readonly string[], key: string | null = "k", baseTimestampMs = 1000): RecordBatch {
  return makeRecordBatch({ keys: values.map(() => key), values, baseTimestampMs });
}

export function produceRequest(topic: string, partitions: Readonly<Record<number, RecordBatch>>, acks = -1): ProduceRequest {
  const partitionData = Object.entries(partitions).map(([index, records]) => ({ index: Number(index), records }));
  return { api: "Produce", acks, timeoutMs: 30_000, topicData: [{ name: topic, partitionData }] };
}

/** A Fetch of partitions of one topic, each from its offset. */
export function fetchRequest(topic: string, offsets: Readonly<Record<number, number>>, changes: Partial<FetchRequest> = {}, partitionMaxBytes = 1_048_576): FetchRequest {
  const partitions = Object.entries(offsets).map(([partition, fetchOffset]) => ({ partition: Number(partition), currentLeaderEpoch: -1, fetchOffset, partitionMaxBytes }));
  return { api: "Fetch", maxWaitMs: 500, minBytes: 1, maxBytes: 52_428_800, isolationLevel: 0, topics: [{ topic, partitions }], ...changes };
}
