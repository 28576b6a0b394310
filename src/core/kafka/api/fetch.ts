import type { RecordsSlice } from "../records/batchPage";

/** Fetch and ListOffsets: a client reads from partitions, and asks where to begin. */
export interface FetchApi {
  readonly request: FetchRequest | ListOffsetsRequest;
  readonly response: FetchResponse | ListOffsetsResponse;
}

export interface FetchRequest {
  readonly api: "Fetch";
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** 0 read_uncommitted, 1 read_committed. */
  readonly isolationLevel: number;
  readonly topics: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly currentLeaderEpoch: number;
      readonly fetchOffset: number;
      readonly partitionMaxBytes: number;
    }[];
  }[];
}
export interface FetchResponse {
  readonly api: "Fetch";
  readonly errorCode: number;
  readonly responses: readonly {
    readonly topic: string;
    readonly partitions: readonly FetchPartitionResponse[];
  }[];
}
export interface FetchPartitionResponse {
  readonly partitionIndex: number;
  readonly errorCode: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly records: readonly RecordsSlice[];
}

export interface ListOffsetsRequest {
  readonly api: "ListOffsets";
  readonly isolationLevel: number;
  readonly topics: readonly {
    readonly name: string;
    /** timestamp: ms, or -1 latest, -2 earliest. */
    readonly partitions: readonly { readonly partitionIndex: number; readonly timestamp: number }[];
  }[];
}
export interface ListOffsetsResponse {
  readonly api: "ListOffsets";
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly errorCode: number;
      readonly timestamp: number;
      readonly offset: number;
    }[];
  }[];
}
