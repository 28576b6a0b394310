import type { SentBatch } from "../records/madeBatch";

/** Produce: a client hands batches to the leaders of partitions. */
export interface ProduceApi {
  readonly request: ProduceRequest;
  readonly response: ProduceResponse;
}

export interface ProduceRequest {
  readonly api: "Produce";
  readonly acks: number;
  readonly timeoutMs: number;
  readonly topicData: readonly {
    readonly name: string;
    readonly partitionData: readonly { readonly index: number; readonly records: SentBatch }[];
  }[];
}
export interface ProduceResponse {
  readonly api: "Produce";
  readonly responses: readonly {
    readonly name: string;
    readonly partitionResponses: readonly ProducePartitionResponse[];
  }[];
}
export interface ProducePartitionResponse {
  readonly index: number;
  readonly errorCode: number;
  readonly baseOffset: number;
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
}
