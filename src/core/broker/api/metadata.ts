/**
 * Metadata, version 12. Any broker tells any client who leads what.
 * Simplified: topics are not created by asking for them (auto.create.topics.enable counts as false; topics are made by CreateTopics).
 */
import type { MetadataRequest, MetadataTopic } from "../../kafka/api/metadata";
import { ErrorCode } from "../../kafka/errors";
import type { ApiHandler, Broker } from "../broker";
import { isInternalTopic } from "../../kafka/names";

export const metadata: ApiHandler<MetadataRequest> = (broker, context, request, requestId) => {
  const names = request.topics ?? [...broker.metadata.topics.keys()];
  context.respond(requestId, {
    api: "Metadata",
    brokers: [...broker.metadata.brokers.values()],
    controllerId: broker.nodeId,
    topics: names.map((name) => describe(broker, name)),
  });
};

function describe(broker: Broker, name: string): MetadataTopic {
  const topic = broker.metadata.topics.get(name);
  if (!topic) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, name, topicId: "", isInternal: false, partitions: [] };
  return {
    errorCode: ErrorCode.NONE,
    name,
    topicId: topic.topicId,
    isInternal: isInternalTopic(name),
    partitions: topic.partitions.map(({ leader, leaderEpoch, replicas, isr }, partitionIndex) => ({
      errorCode: ErrorCode.NONE,
      partitionIndex,
      leaderId: leader,
      leaderEpoch,
      replicaNodes: replicas,
      isrNodes: isr,
    })),
  };
}
