import { decodeConsumerProtocolAssignment, listTopicPartitions } from "../kafka/consumerProtocol";
import { formatTopicPartition, type TopicPartitionName } from "../kafka/topicPartition";

/** The partitions that an assignment's bytes name. */
export function assignedNames(assignment: Uint8Array): TopicPartitionName[] {
  if (assignment.length === 0) return [];
  return listTopicPartitions(decodeConsumerProtocolAssignment(assignment).assignedPartitions).map(({ topic, partition }) => formatTopicPartition(topic, partition));
}
