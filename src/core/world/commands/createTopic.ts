import { formatConfigValue } from "../../kafka/configs";
import { isUserTopicName } from "../../kafka/names";
import { giveIndex } from "../../watch/watch";
import { askCluster } from "../actors/admin";
import { happened, type CommandKind } from "../commandKind";
import type { TopicSpec } from "../spec";
import { putSpec } from "../topology";
import { configs, limit, partitionCount, problem } from "./rules";

export interface CreateTopic {
  readonly type: "createTopic";
  readonly topic: TopicSpec;
}

export const createTopic: CommandKind<CreateTopic> = {
  type: "createTopic",
  validate: ({ topics }, { topic: { name, partitions, configs: changed } }) => {
    if (!isUserTopicName(name)) return problem("nameInvalid", { name });
    if (topics.has(name)) return problem("nameTaken", { name });
    return limit(topics.size, "maxTopics") ?? partitionCount(partitions) ?? configs("topic", changed);
  },
  fold: ({ topics }, { topic }) => putSpec(topics, topic.name, topic),
  perform: (cluster, { topic }) => {
    giveIndex(cluster.watch, topic.name);
    const changed = Object.entries(topic.configs).map(([name, value]) => ({ name, value: formatConfigValue(value) }));
    askCluster(cluster, { api: "CreateTopics", timeoutMs: 30_000, topics: [{ name: topic.name, numPartitions: topic.partitions, replicationFactor: 1, configs: changed }] });
    return happened("topic.created", { topic: topic.name, partitions: topic.partitions });
  },
  inverse: ({ topic }) => ({ type: "deleteTopic", topic: topic.name }),
};
