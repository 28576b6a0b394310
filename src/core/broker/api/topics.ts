/**
 * CreateTopics (version 7), CreatePartitions (3), DeleteTopics (6): the controller's answers to an admin client (MET-1 to MET-3).
 * Simplified: answered at once, because the one controller is its own majority.
 */
import type { CreatePartitionsRequest, CreateTopicsRequest, DeleteTopicsRequest } from "../../kafka/api/topics";
import { ErrorCode } from "../../kafka/errors";
import type { ApiHandler, Broker, BrokerContext } from "../broker";
import { carryOut } from "../coordinators/runtime";
import { deleteTopicOffsets } from "../group/deleteOffsets";
import { groupCoordinator } from "../group/groupCoordinator";
import { appendMetadata } from "../metadata/metadataLog";
import { createTopic, partitionRecords } from "../metadata/createTopic";
import { coordinatorContext } from "./groups";

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
  appendMetadata(broker, context, [{ type: "RemoveTopicRecord", topicId: topic.topicId }]);
  for (const shard of broker.groupShards.values()) carryOut(broker, context, groupCoordinator, shard, deleteTopicOffsets(coordinatorContext(broker, context, shard), name));
  return { name, topicId: topic.topicId, errorCode: ErrorCode.NONE };
}
