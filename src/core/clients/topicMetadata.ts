import type { MetadataResponse } from "../kafka/api/metadata";
import { ErrorCode } from "../kafka/errors";
import { timer } from "../sim/timer";
import { connection, type ClientContext } from "./client";
import { nodeToAsk, reachableAtUs, sendRequest, type Connections } from "./connections";
import { share } from "../sim/share";

/** A client's own copy of the cluster's metadata (`org.apache.kafka.clients.Metadata`): stale until it is refreshed. */
export interface TopicMetadata {
  /** Node ids, as the last answer had them. */
  brokers: readonly number[];
  /** Leader by partition, by topic. */
  topics: Map<string, readonly number[]>;
  inFlight: boolean;
  /** A refresh was asked for while one was in flight. */
  wanted: boolean;
  /** Not asked for again before this virtual time in µs. */
  notBeforeUs: number;
}

/** Whoever keeps such a copy. */
export interface MetadataClient {
  readonly metadata: TopicMetadata;
  readonly connections: Connections;
  readonly config: { readonly metadataMaxAgeMs: number; readonly retryBackoffMs: number; readonly requestTimeoutMs: number };
}

export const METADATA_TIMER = timer("metadata");

export function topicMetadata(): TopicMetadata {
  return { brokers: [], topics: new Map(), inFlight: false, wanted: false, notBeforeUs: 0 };
}

/** Asks for the topics' metadata: once at a time, and not sooner than retry.backoff.ms after the last answer (`Metadata.timeToNextUpdate`). */
export function refreshMetadata({ metadata, connections, config }: MetadataClient, context: ClientContext, topics: readonly string[]): void {
  const nodeId = nodeToAsk(connections, metadata.brokers);
  const notBeforeUs = Math.max(metadata.notBeforeUs, reachableAtUs(connections, nodeId));
  if (metadata.inFlight) {
    metadata.wanted = true;
  } else if (context.nowUs < notBeforeUs) {
    context.setTimer(METADATA_TIMER, notBeforeUs);
  } else {
    metadata.inFlight = true;
    context.cancelTimer(METADATA_TIMER);
    sendRequest(connections, context, nodeId, connection.data, { api: "Metadata", topics }, config.requestTimeoutMs);
  }
}

/** Takes in an answer. Sets the next refresh: after retry.backoff.ms where a topic was unknown or the wish came meanwhile, else after metadata.max.age.ms. */
export function updateMetadata({ metadata, config }: MetadataClient, context: ClientContext, response: MetadataResponse): void {
  metadata.inFlight = false;
  metadata.brokers = share(response.brokers.map(({ nodeId }) => nodeId));
  let isComplete = !metadata.wanted;
  metadata.wanted = false;
  for (const topic of response.topics) {
    if (topic.errorCode === ErrorCode.NONE) metadata.topics.set(topic.name, share(topic.partitions.map(({ leaderId }) => leaderId)));
    else {
      metadata.topics.delete(topic.name);
      isComplete = false;
    }
  }
  metadata.notBeforeUs = context.nowUs + config.retryBackoffMs * 1000;
  const expiresUs = isComplete ? context.nowUs + config.metadataMaxAgeMs * 1000 : 0;
  context.setTimer(METADATA_TIMER, Math.max(expiresUs, metadata.notBeforeUs));
}

/** The answer will not come: asks again, of whoever can be reached. */
export function retryMetadata(client: MetadataClient, context: ClientContext, topics: readonly string[]): void {
  const { metadata, config } = client;
  metadata.inFlight = false;
  metadata.wanted = false;
  metadata.notBeforeUs = context.nowUs + config.retryBackoffMs * 1000;
  refreshMetadata(client, context, topics);
}
