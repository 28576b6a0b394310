/** Metadata: which brokers and topics there are, and who leads each partition. */
export interface MetadataApi {
  readonly request: MetadataRequest;
  readonly response: MetadataResponse;
}

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
