/** OffsetCommit and OffsetFetch: how far a group has come. */
export interface OffsetApi {
  readonly request: OffsetCommitRequest | OffsetFetchRequest;
  readonly response: OffsetCommitResponse | OffsetFetchResponse;
}

export interface OffsetCommitRequest {
  readonly api: "OffsetCommit";
  readonly version: number;
  readonly groupId: string;
  /** -1 from a consumer outside any group membership. */
  readonly generationIdOrMemberEpoch: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      readonly committedOffset: number;
      readonly committedLeaderEpoch: number;
      readonly committedMetadata: string | null;
    }[];
  }[];
}
export interface OffsetCommitResponse {
  readonly api: "OffsetCommit";
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly { readonly partitionIndex: number; readonly errorCode: number }[];
  }[];
}

export interface OffsetFetchRequest {
  readonly api: "OffsetFetch";
  readonly groupId: string;
  /** null asks for every committed partition. */
  readonly topics: readonly { readonly name: string; readonly partitionIndexes: readonly number[] }[] | null;
  readonly requireStable: boolean;
}
export interface OffsetFetchResponse {
  readonly api: "OffsetFetch";
  readonly errorCode: number;
  readonly topics: readonly {
    readonly name: string;
    readonly partitions: readonly {
      readonly partitionIndex: number;
      /** Next offset to read, or -1 when none is committed. */
      readonly committedOffset: number;
      readonly committedLeaderEpoch: number;
      readonly metadata: string | null;
      readonly errorCode: number;
    }[];
  }[];
}
