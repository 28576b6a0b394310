import { formatConfigValue, type Configs } from "../../kafka/configs";
import { askCluster } from "../actors/admin";
import { happened, type CommandKind } from "../commandKind";
import { alteredConfigs, changeSpec } from "../topology";
import { configs, formerConfigs, known } from "./rules";

export interface AlterTopicConfigs {
  readonly type: "alterTopicConfigs";
  readonly topic: string;
  /** Only what changes; null sets a config back to its default (IncrementalAlterConfigs). */
  readonly configs: Configs;
}

export const alterTopicConfigs: CommandKind<AlterTopicConfigs> = {
  type: "alterTopicConfigs",
  validate: ({ topics }, command) => known(topics, command.topic, "unknownTopic") ?? configs("topic", alteredConfigs(topics.get(command.topic), command.configs)),
  fold: ({ topics }, command) => changeSpec(topics, command.topic, { configs: alteredConfigs(topics.get(command.topic), command.configs) }),
  perform: (cluster, command) => {
    const changed = Object.entries(command.configs).map(([name, value]) => ({ name, configOperation: value === null ? 1 : 0, value: formatConfigValue(value) }));
    askCluster(cluster, { api: "IncrementalAlterConfigs", resources: [{ resourceType: "TOPIC", resourceName: command.topic, configs: changed }] });
    return happened("topic.changed", { topic: command.topic, configs: Object.keys(command.configs).join(", ") });
  },
  inverse: (command, before) => {
    const topic = before.topics.get(command.topic);
    return topic ? { ...command, configs: formerConfigs(command.configs, topic.configs) } : null;
  },
};
