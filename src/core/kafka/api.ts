import type { RecordBatch } from "./recordBatch";

/**
 * Requests and responses, discriminated by Kafka's API name, with the field names of Kafka's message schemas in camelCase.
 * Clients and brokers know each other only through these.
 */
export type ApiRequest =
  | MetadataRequest
  | ProduceRequest
  | FetchRequest
  | ListOffsetsRequest
  | FindCoordinatorRequest
  | JoinGroupRequest
  | SyncGroupRequest
  | HeartbeatRequest
  | LeaveGroupRequest
  | OffsetCommitRequest
  | OffsetFetchRequest
  | CreateTopicsRequest
  | CreatePartitionsRequest
  | DeleteTopicsRequest
  | DescribeConfigsRequest
  | IncrementalAlterConfigsRequest;

export type ApiResponse =
  | MetadataResponse
  | ProduceResponse
  | FetchResponse
  | ListOffsetsResponse
  | FindCoordinatorResponse
  | JoinGroupResponse
  | SyncGroupResponse
  | HeartbeatResponse
  | LeaveGroupResponse
  | OffsetCommitResponse
  | OffsetFetchResponse
  | CreateTopicsResponse
  | CreatePartitionsResponse
  | DeleteTopicsResponse
  | DescribeConfigsResponse
  | IncrementalAlterConfigsResponse;

export type ApiName = ApiRequest["api"];
export type RequestOf<Name extends ApiName> = Extract<ApiRequest, { api: Name }>;
export type ResponseOf<Name extends ApiName> = Extract<ApiResponse, { api: Name }>;

export interface MetadataRequest {
  readonly api: "Metadata";
  /** null asks for every topic. */
  readonly topics: readonly string[] | null;
}
export interface MetadataResponse {
  readonly api: "Metadata";
  readonly brokers: readonly { readonly nodeId: number }[];
  readonly controllerId: number;
  readonly topics: readonly MetadataTopic[];
}
export interface MetadataTopic {
  readonly errorCode: number;
  readonly name: string;
  readonly topicId: string;
  readonly isInternal: boolean;
  readonly partitions: readonly MetadataPartition[];
}
export interface MetadataPartition {
  readonly errorCode: number;
  readonly partitionIndex: number;
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly replicaNodes: readonly number[];
  readonly isrNodes: readonly number[];
}

export interface ProduceRequest {
  readonly api: "Produce";
  readonly acks: number;
  readonly timeoutMs: number;
  readonly topicData: readonly {
    readonly name: string;
    readonly partitionData: readonly { readonly index: number; readonly records: RecordBatch }[];
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
  readonly records: readonly RecordBatch[];
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

export interface FindCoordinatorRequest {
  readonly api: "FindCoordinator";
  /** 0 group, 1 transaction. */
  readonly keyType: number;
  readonly coordinatorKeys: readonly string[];
}
export interface FindCoordinatorResponse {
  readonly api: "FindCoordinator";
  readonly coordinators: readonly { readonly key: string; readonly nodeId: number; readonly errorCode: number }[];
}

export interface JoinGroupRequest {
  readonly api: "JoinGroup";
  /** The request's API version: from 4 on a new member gets MEMBER_ID_REQUIRED first (KIP-394). */
  readonly version: number;
  readonly clientId: string;
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string;
  /** In order of preference; metadata is an encoded ConsumerProtocolSubscription. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Uint8Array }[];
  readonly reason: string | null;
}
export interface JoinGroupResponse {
  readonly api: "JoinGroup";
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** Member id of the group's leader. */
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** Only the leader gets the members, with their metadata under the chosen protocol. */
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly metadata: Uint8Array;
  }[];
}

export interface SyncGroupRequest {
  readonly api: "SyncGroup";
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** From the leader: an encoded ConsumerProtocolAssignment for each member. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Uint8Array }[];
}
export interface SyncGroupResponse {
  readonly api: "SyncGroup";
  readonly errorCode: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignment: Uint8Array;
}

export interface HeartbeatRequest {
  readonly api: "Heartbeat";
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
export interface HeartbeatResponse {
  readonly api: "Heartbeat";
  readonly errorCode: number;
}

export interface LeaveGroupRequest {
  readonly api: "LeaveGroup";
  readonly groupId: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly reason: string | null;
  }[];
}
export interface LeaveGroupResponse {
  readonly api: "LeaveGroup";
  readonly errorCode: number;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly errorCode: number;
  }[];
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

export type ConfigResourceType = "TOPIC" | "BROKER" | "GROUP";
export interface DescribeConfigsRequest {
  readonly api: "DescribeConfigs";
  readonly resources: readonly {
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
    /** null asks for every config. */
    readonly configurationKeys: readonly string[] | null;
  }[];
}
export interface DescribeConfigsResponse {
  readonly api: "DescribeConfigs";
  readonly results: readonly {
    readonly errorCode: number;
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
    readonly configs: readonly {
      readonly name: string;
      readonly value: string | null;
      readonly isDefault: boolean;
      readonly defaultValue: string | null;
    }[];
  }[];
}

export interface IncrementalAlterConfigsRequest {
  readonly api: "IncrementalAlterConfigs";
  readonly resources: readonly {
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
    readonly configs: readonly {
      readonly name: string;
      /** 0 set, 1 delete. */
      readonly configOperation: number;
      readonly value: string | null;
    }[];
  }[];
}
export interface IncrementalAlterConfigsResponse {
  readonly api: "IncrementalAlterConfigs";
  readonly responses: readonly {
    readonly errorCode: number;
    readonly errorMessage: string | null;
    readonly resourceType: ConfigResourceType;
    readonly resourceName: string;
  }[];
}
