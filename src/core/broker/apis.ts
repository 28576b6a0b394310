import type { ApiName, RequestOf } from "../kafka/api/api";
import { describeConfigs, incrementalAlterConfigs } from "./api/configs";
import { fetch, parkedFetch } from "./api/fetch";
import { commitOffsets, findCoordinator, groupApi } from "./api/groups";
import { listOffsets } from "./api/listOffsets";
import { metadata } from "./api/metadata";
import { parkedProduce, produce } from "./api/produce";
import { createPartitions, createTopics, deleteTopics } from "./api/topics";
import type { ApiHandler } from "./broker";
import type { ParkedApi } from "./parkedApi";
import type { Parked } from "./purgatory";

/** Which handler answers which request (`KafkaApis.handle`). */
export const apis: { readonly [Name in ApiName]: ApiHandler<RequestOf<Name>> } = {
  Produce: produce,
  Fetch: fetch,
  Metadata: metadata,
  ListOffsets: listOffsets,
  FindCoordinator: findCoordinator,
  JoinGroup: groupApi,
  SyncGroup: groupApi,
  Heartbeat: groupApi,
  LeaveGroup: groupApi,
  OffsetCommit: commitOffsets,
  OffsetFetch: groupApi,
  CreateTopics: createTopics,
  CreatePartitions: createPartitions,
  DeleteTopics: deleteTopics,
  DescribeConfigs: describeConfigs,
  IncrementalAlterConfigs: incrementalAlterConfigs,
};

/** Whose requests may wait for partitions. */
export const parkedApis: { readonly [Name in Parked["api"]]: ParkedApi<Extract<Parked, { api: Name }>> } = {
  Fetch: parkedFetch,
  Produce: parkedProduce,
};
