import type { ApiName, ApiRequest, ApiResponse } from "../../kafka/api/api";
import { pageOf } from "../../kafka/records/appendToPage";
import type { Configs } from "../../kafka/configs";
import { CONSUMER_PROTOCOL_VERSION, encodeConsumerProtocolAssignment } from "../../kafka/consumerProtocol";
import { ErrorCode } from "../../kafka/errors";
import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import { connection } from "../client";
import { TestClient } from "../testClient";
import { newConsumer, type Consumer } from "./consumer";
import { handleConsumerAlarm, handleConsumerDisconnect, handleConsumerResponse, handleConsumerTimer } from "./handle";
import { startConsumer } from "./poll";

/** For tests: the only consumer of a group that reads `orders-0`, which looks for what is overdue. */
export class TestConsumer extends TestClient {
  readonly consumer: Consumer;
  private readonly values: readonly string[];
  private readonly committed: number;

  /** `committed` is -1 where the group has committed nothing. */
  constructor(configs: Configs = {}, { timeMs = 0, values = [] as readonly string[], committed = 0 } = {}) {
    const consumer = newConsumer("c", "g", ["orders"], configs, { timeMs });
    super(
      (context, requestId, response) => handleConsumerResponse(consumer, context, requestId, response),
      (context, due) => handleConsumerTimer(consumer, context, due),
      (context) => handleConsumerAlarm(consumer, context),
    );
    this.consumer = consumer;
    this.values = values;
    this.committed = committed;
    this.looksForOverdue = true;
    startConsumer(consumer, this);
  }

  /** Answers whatever waits for an answer, as a broker in good health does, until only these APIs wait. */
  answerAllBut(...left: readonly ApiName[]): void {
    const apis = (["Metadata", "FindCoordinator", "JoinGroup", "SyncGroup", "Heartbeat", "OffsetCommit", "OffsetFetch", "ListOffsets", "Fetch", "LeaveGroup"] as const).filter((api) => !left.includes(api));
    for (let next = apis.find((api) => this.sent(api).length > 0); next; next = apis.find((api) => this.sent(api).length > 0)) this.answerFirst(next);
  }

  /** Answers the oldest request of an API. */
  answerFirst(api: ApiName): void {
    const [sent] = this.sent(api);
    if (!sent) throw new Error(`no ${api} waits for an answer`);
    this.answer(sent, this.usual(sent.request));
  }

  /** One of its connections to the broker is closed. */
  breakConnection(which: keyof typeof connection): void {
    this.disconnect(1, connection[which]);
    handleConsumerDisconnect(this.consumer, this, 1, connection[which]);
  }

  private usual(request: ApiRequest): ApiResponse {
    switch (request.api) {
      case "Metadata": {
        const partitions = [{ errorCode: 0, partitionIndex: 0, leaderId: 1, leaderEpoch: 0, replicaNodes: [1], isrNodes: [1] }];
        return { api: "Metadata", brokers: [{ nodeId: 1 }], controllerId: 1, topics: [{ errorCode: ErrorCode.NONE, name: "orders", topicId: "", isInternal: false, partitions }] };
      }
      case "FindCoordinator":
        return { api: "FindCoordinator", coordinators: [{ key: "g", nodeId: 1, errorCode: ErrorCode.NONE }] };
      case "JoinGroup": {
        const protocol = request.protocols[0];
        const members = [{ memberId: "m", groupInstanceId: null, metadata: protocol?.metadata ?? new Uint8Array(0) }];
        return { api: "JoinGroup", errorCode: ErrorCode.NONE, generationId: this.consumer.member.generationId + 1, protocolType: "consumer", protocolName: protocol?.name ?? null, leader: "m", skipAssignment: false, memberId: "m", members };
      }
      case "SyncGroup": {
        const assignment = encodeConsumerProtocolAssignment({ version: CONSUMER_PROTOCOL_VERSION, assignedPartitions: [{ topic: "orders", partitions: [0] }], userData: null });
        return { api: "SyncGroup", errorCode: ErrorCode.NONE, protocolType: "consumer", protocolName: "range", assignment };
      }
      case "Heartbeat":
        return { api: "Heartbeat", errorCode: ErrorCode.NONE };
      case "OffsetCommit":
        return { api: "OffsetCommit", topics: request.topics.map(({ name, partitions }) => ({ name, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode: ErrorCode.NONE })) })) };
      case "OffsetFetch": {
        const partitions = [{ partitionIndex: 0, committedOffset: this.committed, committedLeaderEpoch: -1, metadata: "", errorCode: ErrorCode.NONE }];
        return { api: "OffsetFetch", errorCode: ErrorCode.NONE, topics: [{ name: "orders", partitions }] };
      }
      case "ListOffsets":
        return { api: "ListOffsets", topics: [{ name: "orders", partitions: [{ partitionIndex: 0, errorCode: ErrorCode.NONE, timestamp: -1, offset: 0 }] }] };
      case "Fetch": {
        const offset = request.topics[0]?.partitions[0]?.fetchOffset ?? 0;
        const values = this.values.slice(offset);
        const page = pageOf(offset, makeRecordBatch({ keys: values.map(() => null), values, baseTimestampMs: 0 }));
        const records = values.length === 0 ? [] : [{ page, from: 0, to: 1 }];
        const end = this.values.length;
        return { api: "Fetch", errorCode: ErrorCode.NONE, responses: [{ topic: "orders", partitions: [{ partitionIndex: 0, errorCode: ErrorCode.NONE, highWatermark: end, lastStableOffset: end, logStartOffset: 0, records }] }] };
      }
      case "LeaveGroup":
        return { api: "LeaveGroup", errorCode: ErrorCode.NONE, members: [] };
      default:
        throw new Error(`a consumer asks for ${request.api}`);
    }
  }
}
