/**
 * CreateTopics (version 7), CreatePartitions (3), DeleteTopics (6): the controller's answers to an admin client (MET-1 to MET-3).
 * Simplified: answered at once, because the one controller is its own majority.
 */
import type { CreatePartitionsRequest, CreateTopicsRequest, DeleteTopicsRequest } from "../../kafka/api";
import { ErrorCode } from "../../kafka/errors";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { nowMs, type ApiHandler, type Broker, type BrokerContext } from "../broker";
import { deleteTopicOffsets } from "../group/deleteOffsets";
import { appendMetadata } from "../metadata/metadataLog";
import { createTopic, partitionRecords } from "../metadata/createTopic";
import { advanced } from "./fetch";
import { applyGroupResult, coordinatorContext } from "./groups";

export const createTopics: ApiHandler<CreateTopicsRequest> = (broker, context, request, requestId) => {
  const topics = request.topics.map((topic) => {
    const { records, ...answer } = createTopic(broker, topic);
    appendMetadata(broker, context, records);
    return { name: topic.name, ...answer };
  });
  context.respond(requestId, { api: "CreateTopics", topics });
};

export const createPartitions: ApiHandler<CreatePartitionsRequest> = (broker, context, request, requestId) => {
  const results = request.topics.map(({ name, count }) => {
    const topic = broker.metadata.topics.get(name);
    if (!topic) return { name, errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null };
    const current = topic.partitions.length;
    if (count <= current) {
      const errorMessage = `The topic ${name} currently has ${current} partition(s); ${count} would not be an increase.`;
      return { name, errorCode: ErrorCode.INVALID_PARTITIONS, errorMessage };
    }
    appendMetadata(broker, context, partitionRecords(broker, topic.topicId, current, count));
    return { name, errorCode: ErrorCode.NONE, errorMessage: null };
  });
  context.respond(requestId, { api: "CreatePartitions", results });
};

export const deleteTopics: ApiHandler<DeleteTopicsRequest> = (broker, context, request, requestId) => {
  const responses = request.topicNames.map((name) => deleteTopic(broker, context, name));
  context.respond(requestId, { api: "DeleteTopics", responses });
};

function deleteTopic(broker: Broker, context: BrokerContext, name: string): { name: string; topicId: string; errorCode: number } {
  const topic = broker.metadata.topics.get(name);
  if (!topic) return { name, topicId: "", errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION };
  for (const log of broker.logs.values()) if (log.topic === name) context.deleted(log);
  appendMetadata(broker, context, [{ type: "RemoveTopicRecord", topicId: topic.topicId }]);
  topic.partitions.forEach((_, partition) => advanced(broker, context, formatTopicPartition(name, partition)));
  applyGroupResult(broker, context, deleteTopicOffsets(coordinatorContext(broker, nowMs(context)), name));
  return { name, topicId: topic.topicId, errorCode: ErrorCode.NONE };
}
