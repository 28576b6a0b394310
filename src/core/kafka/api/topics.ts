/** CreateTopics, CreatePartitions, DeleteTopics: what an admin client asks of the controller. */
export interface TopicApi {
  readonly request: CreateTopicsRequest | CreatePartitionsRequest | DeleteTopicsRequest;
  readonly response: CreateTopicsResponse | CreatePartitionsResponse | DeleteTopicsResponse;
}

export interface CreateTopicsRequest {
  readonly api: "CreateTopics";
  readonly timeoutMs: number;
  readonly topics: readonly {
    readonly name: string;
    /** -1 asks for num.partitions / default.replication.factor. */
    readonly numPartitions: number;
    readonly replicationFactor: number;
    readonly configs: readonly { readonly name: string; readonly value: string | null }[];
  }[];
}
export interface CreateTopicsResponse {
  readonly api: "CreateTopics";
  readonly topics: readonly {
    readonly name: string;
    readonly topicId: string;
    readonly errorCode: number;
    readonly errorMessage: string | null;
    readonly numPartitions: number;
    readonly replicationFactor: number;
  }[];
}

export interface CreatePartitionsRequest {
  readonly api: "CreatePartitions";
  readonly timeoutMs: number;
  /** count is the new total. */
  readonly topics: readonly { readonly name: string; readonly count: number }[];
}
export interface CreatePartitionsResponse {
  readonly api: "CreatePartitions";
  readonly results: readonly { readonly name: string; readonly errorCode: number; readonly errorMessage: string | null }[];
}

export interface DeleteTopicsRequest {
  readonly api: "DeleteTopics";
  readonly timeoutMs: number;
  readonly topicNames: readonly string[];
}
export interface DeleteTopicsResponse {
  readonly api: "DeleteTopics";
  readonly responses: readonly { readonly name: string; readonly topicId: string; readonly errorCode: number }[];
}
