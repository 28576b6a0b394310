import { timer } from "../sim/timer";
import type { MetadataResponse } from "../kafka/api/metadata";
import { ErrorCode } from "../kafka/errors";
import { BOOTSTRAP_NODE, connection, type ClientContext } from "./client";

/** A client's own copy of the cluster's metadata (`org.apache.kafka.clients.Metadata`): stale until it is refreshed. */
export interface TopicMetadata {
  /** Leader by partition, by topic. */
  topics: Map<string, readonly number[]>;
  inFlight: boolean;
  /** A refresh was asked for while one was in flight. */
  wanted: boolean;
  /** Not asked for again before this virtual time in µs. */
  notBeforeUs: number;
}

export const METADATA_TIMER = timer("metadata");

export function topicMetadata(): TopicMetadata {
  return { topics: new Map(), inFlight: false, wanted: false, notBeforeUs: 0 };
}

/** Asks for the topics' metadata: once at a time, and not sooner than retry.backoff.ms after the last answer (`Metadata.timeToNextUpdate`). */
export function refreshMetadata(metadata: TopicMetadata, context: ClientContext, topics: readonly string[]): void {
  if (metadata.inFlight) {
    metadata.wanted = true;
  } else if (context.nowUs < metadata.notBeforeUs) {
    context.setTimer(METADATA_TIMER, metadata.notBeforeUs);
  } else {
    metadata.inFlight = true;
    context.cancelTimer(METADATA_TIMER);
    context.send(BOOTSTRAP_NODE, connection.data, { api: "Metadata", topics });
  }
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
  metadata.notBeforeUs = context.nowUs + config.retryBackoffMs * 1000;
  const expiresUs = isComplete ? context.nowUs + config.metadataMaxAgeMs * 1000 : 0;
  context.setTimer(METADATA_TIMER, Math.max(expiresUs, metadata.notBeforeUs));
}
