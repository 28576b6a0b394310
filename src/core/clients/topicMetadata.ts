import type { MetadataResponse } from "../kafka/api";
import { ErrorCode } from "../kafka/errors";
import { BOOTSTRAP_NODE, connection, type ClientContext } from "./client";

/** A client's own copy of the cluster's metadata (`org.apache.kafka.clients.Metadata`): stale until it is refreshed. */
export interface TopicMetadata {
  /** Leader by partition, by topic. */
  topics: Map<string, readonly number[]>;
  inFlight: boolean;
  /** A refresh was asked for while one was in flight. */
  wanted: boolean;
}

export const METADATA_TIMER = "metadata";

export function topicMetadata(): TopicMetadata {
  return { topics: new Map(), inFlight: false, wanted: false };
}

/** Asks for the topics' metadata, once at a time. */
export function refreshMetadata(metadata: TopicMetadata, context: ClientContext, topics: readonly string[]): void {
  if (metadata.inFlight) {
    metadata.wanted = true;
    return;
  }
  metadata.inFlight = true;
  context.cancelTimer(METADATA_TIMER);
  context.send(BOOTSTRAP_NODE, connection.data, { api: "Metadata", topics });
}

/** Takes in an answer. Sets the next refresh: after retry.backoff.ms where a topic was unknown or the wish came meanwhile, else after metadata.max.age.ms. */
export function updateMetadata(
  metadata: TopicMetadata,
  context: ClientContext,
  response: MetadataResponse,
  config: { readonly metadataMaxAgeMs: number; readonly retryBackoffMs: number },
): void {
  metadata.inFlight = false;
  let isComplete = !metadata.wanted;
  metadata.wanted = false;
  for (const topic of response.topics) {
    if (topic.errorCode === ErrorCode.NONE) metadata.topics.set(topic.name, Object.freeze(topic.partitions.map(({ leaderId }) => leaderId)));
    else {
      metadata.topics.delete(topic.name);
      isComplete = false;
    }
  }
  context.setTimer(METADATA_TIMER, context.nowUs + (isComplete ? config.metadataMaxAgeMs : config.retryBackoffMs) * 1000);
}
