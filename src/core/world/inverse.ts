import type { Configs } from "../kafka/configs";
import type { Command } from "./command";
import type { Topology } from "./topology";

/**
 * The command that takes another one back now, given the world before it; null where Kafka has none (what is deleted is gone, partitions
 * are only ever added, a mode's offsets have moved on). Such a command is undone by rewinding.
 */
export function inverseOf(command: Command, before: Topology): Command | null {
  switch (command.type) {
    case "createTopic":
      return { type: "deleteTopic", topic: command.topic.name };
    case "addProducer":
      return { type: "removeProducer", clientId: command.producer.clientId };
    case "addGroup":
      return { type: "removeGroup", groupId: command.group.groupId };
    case "addConsumer":
      return { type: "removeConsumer", clientId: command.consumer.clientId, how: "close" };
    case "alterTopicConfigs": {
      const topic = before.topics.get(command.topic);
      return topic ? { ...command, configs: formerConfigs(command.configs, topic.configs) } : null;
    }
    case "alterProducer": {
      const spec = before.producers.get(command.clientId);
      if (!spec) return null;
      return {
        type: "alterProducer",
        clientId: command.clientId,
        ...(command.topics && { topics: spec.topics }),
        ...(command.source && { source: spec.source }),
        ...(command.configs && { configs: formerConfigs(command.configs, spec.configs) }),
      };
    }
    case "alterGroup": {
      const spec = before.groups.get(command.groupId);
      if (!spec) return null;
      return {
        type: "alterGroup",
        groupId: command.groupId,
        ...(command.topics && { topics: spec.topics }),
        ...(command.configs && { configs: formerConfigs(command.configs, spec.configs) }),
      };
    }
    case "alterConsumer": {
      const spec = before.consumers.get(command.clientId);
      return spec ? { ...command, processing: spec.processing } : null;
    }
    case "moveConsumer": {
      const spec = before.consumers.get(command.clientId);
      return spec ? { ...command, groupId: spec.groupId } : null;
    }
    case "deleteTopic":
    case "createPartitions":
    case "removeProducer":
    case "removeGroup":
    case "removeConsumer":
    case "deliverAs":
      return null;
  }
}

/** For each config that is being changed: the changed value it had, or null for its default. */
function formerConfigs(changing: Configs, former: Configs): Configs {
  return Object.fromEntries(Object.keys(changing).map((name) => [name, Object.hasOwn(former, name) ? (former[name] ?? null) : null]));
}
