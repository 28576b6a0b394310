import { askCluster } from "../actors/admin";
import { happened, type CommandKind } from "../commandKind";
import { guardLogBytes } from "../kernel/logCap";
import { known } from "./rules";

export interface DeleteTopic {
  readonly type: "deleteTopic";
  readonly topic: string;
}

export const deleteTopic: CommandKind<DeleteTopic> = {
  type: "deleteTopic",
  validate: ({ topics }, { topic }) => known(topics, topic, "unknownTopic"),
  fold: ({ topics }, { topic }) => void topics.delete(topic),
  perform: (cluster, { topic }) => {
    askCluster(cluster, { api: "DeleteTopics", timeoutMs: 30_000, topicNames: [topic] });
    guardLogBytes(cluster);
    return happened("topic.deleted", { topic }, "bad");
  },
  inverse: () => null,
};
