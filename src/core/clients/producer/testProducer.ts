import { share } from "../../sim/share";
import type { ProduceRequest, ProduceResponse } from "../../kafka/api/produce";
import type { Configs } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import type { RecordBatch } from "../../kafka/records/recordBatch";
import { connection } from "../client";
import { asWritten } from "../recordBatches";
import { TestClient, type Sent } from "../testClient";
import { handleProducerAlarm, handleProducerDisconnect, handleProducerResponse, handleProducerTimer } from "./handle";
import { newestDecisions } from "./decisions";
import { newProducer, type Producer } from "./producer";
import { catchUp, continueSend, startApplication } from "./send";

/** For tests: a producer whose application sends only when the test says so. */
export class TestProducer extends TestClient {
  readonly producer: Producer;

  /** Knows the partitions of its topics already, unless told that there are none. */
  constructor(configs: Configs = {}, partitions: Readonly<Record<string, number>> = { orders: 1 }, seed = 1) {
    const producer = newProducer("p", Object.keys(partitions), { ratePerSecond: 0, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs, seed);
    super(
      (context, requestId, response) => handleProducerResponse(producer, context, requestId, response),
      (context, due) => handleProducerTimer(producer, context, due),
      (context) => handleProducerAlarm(producer, context),
    );
    this.producer = producer;
    startApplication(producer, this);
    this.answerMetadata(partitions);
  }

  /** Moves the clock on; what the application sends by itself meanwhile, it has sent then. */
  override sleep(ms: number): void {
    super.sleep(ms);
    catchUp(this.producer, this);
  }

  /** `send()`: a record to each of the topics, as if the source had drawn this key and this value. */
  produce(value = "v", key: string | null = null): void {
    if (this.producer.blocked) throw new Error("send() is still blocked");
    this.producer.blocked = share({ source: this.producer.source, keyNumber: -1, draw: 0, text: share({ key, value }), topicIndex: 0, waitsFor: null });
    continueSend(this.producer, this);
  }

  /** The broker, or the network, closes the connection on which the records go. */
  breakConnection(): void {
    this.disconnect(1, connection.data);
    handleProducerDisconnect(this.producer, this, 1, connection.data);
  }

  /** Where the newest record went. */
  lastPartition(): number {
    return newestDecisions(this.producer)[0]?.partition ?? -1;
  }

  answerMetadata(partitions: Readonly<Record<string, number>>): void {
    const sent = this.one("Metadata");
    const topics = (sent.request.topics ?? []).map((name) => {
      const count = partitions[name] ?? 0;
      const described = Array.from({ length: count }, (_, partitionIndex) => ({ errorCode: 0, partitionIndex, leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] }));
      return { errorCode: count > 0 ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name, topicId: "", isInternal: false, partitions: described };
    });
    this.answer(sent, { api: "Metadata", brokers: [{ nodeId: 1 }], controllerId: 1, topics });
  }

  /** Answers a Produce, every partition of it with the same. */
  answerProduce(sent: Sent<ProduceRequest>, errorCode: number = ErrorCode.NONE): void {
    const responses: ProduceResponse["responses"] = sent.request.topicData.map(({ name, partitionData }) => ({
      name,
      partitionResponses: partitionData.map(({ index }) => ({ index, errorCode, baseOffset: errorCode === 0 ? 0 : -1, logAppendTimeMs: -1, logStartOffset: 0 })),
    }));
    this.answer(sent, { api: "Produce", responses });
  }
}

/** The batches of a request, by partition. */
export function batchesOf({ request }: Sent<ProduceRequest>): Record<string, RecordBatch> {
  return Object.fromEntries(request.topicData.flatMap(({ name, partitionData }) => partitionData.map(({ index, records }) => [`${name}-${index}`, asWritten(records)])));
}

/** The values in a request, all partitions together. */
export function valuesOf(sent: Sent<ProduceRequest>): string[] {
  return Object.values(batchesOf(sent)).flatMap(({ columns }) => columns.values.map(String));
}
