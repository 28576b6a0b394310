import type { RecordSource } from "../apps/program";
import { isInternalTopic, isValidTopicName } from "../broker/metadata/createTopic";
import { validateConfigs, type Configs, type ConfigScope } from "../kafka/configs";
import { clusterLimits } from "../kafka/limits";
import { isLegibleName } from "../kafka/names";
import { ADMIN_CLIENT_ID } from "./cluster";
import type { Command, CommandProblem } from "./command";
import { deliverAsSteps, deliveryModes } from "./deliverAs";
import type { ProducerSpec } from "./spec";
import { alteredConfigs, type Topology } from "./topology";

/** Why a command cannot be given to this world, or null. */
export function validateCommand(topology: Topology, command: Command): CommandProblem | null {
  switch (command.type) {
    case "createTopic":
      return newTopic(topology, command.topic);
    case "deleteTopic":
      return known(topology.topics, command.topic, "unknownTopic");
    case "createPartitions":
      return morePartitions(topology, command.topic, command.count);
    case "alterTopicConfigs":
      return known(topology.topics, command.topic, "unknownTopic") ?? configs("topic", alteredConfigs(topology.topics.get(command.topic), command.configs));
    case "addProducer":
      return (
        newClient(topology, command.producer.clientId, topology.producers.size, "maxProducers") ??
        topics(command.producer.topics) ??
        recordSource(command.producer.source) ??
        configs("producer", command.producer.configs)
      );
    case "removeProducer":
      return known(topology.producers, command.clientId, "unknownProducer");
    case "alterProducer":
      return (
        known(topology.producers, command.clientId, "unknownProducer") ??
        topics(command.topics ?? []) ??
        sourceChange(topology.producers.get(command.clientId), command.source) ??
        configs("producer", alteredConfigs(topology.producers.get(command.clientId), command.configs ?? {}))
      );
    case "addGroup":
      return newGroup(topology, command.group.groupId) ?? topics(command.group.topics) ?? configs("consumer", command.group.configs);
    case "removeGroup":
      return known(topology.groups, command.groupId, "unknownGroup") ?? emptyGroup(topology, command.groupId);
    case "alterGroup":
      return (
        known(topology.groups, command.groupId, "unknownGroup") ??
        topics(command.topics ?? []) ??
        configs("consumer", alteredConfigs(topology.groups.get(command.groupId), command.configs ?? {}))
      );
    case "addConsumer":
      return (
        newClient(topology, command.consumer.clientId, topology.consumers.size, "maxConsumers") ??
        known(topology.groups, command.consumer.groupId, "unknownGroup") ??
        processing(command.consumer.processing.timeMs)
      );
    case "removeConsumer":
      return known(topology.consumers, command.clientId, "unknownConsumer");
    case "moveConsumer":
      return known(topology.consumers, command.clientId, "unknownConsumer") ?? known(topology.groups, command.groupId, "unknownGroup");
    case "alterConsumer":
      return known(topology.consumers, command.clientId, "unknownConsumer") ?? processing(command.processing.timeMs);
    case "deliverAs": {
      if (!deliveryModes(topology).includes(command.mode)) return problem("neverMixed", {});
      const added = deliverAsSteps(topology, command.mode).filter(({ type }) => type === "addGroup").length;
      return added === 0 ? null : limit(topology.groups.size + added - 1, "maxGroups");
    }
  }
}

function newTopic(topology: Topology, topic: Extract<Command, { type: "createTopic" }>["topic"]): CommandProblem | null {
  const { name, partitions } = topic;
  if (!isUserTopicName(name)) return problem("nameInvalid", { name });
  if (topology.topics.has(name)) return problem("nameTaken", { name });
  return limit(topology.topics.size, "maxTopics") ?? partitionCount(partitions) ?? configs("topic", topic.configs);
}

function morePartitions(topology: Topology, topic: string, count: number): CommandProblem | null {
  const current = topology.topics.get(topic)?.partitions;
  if (current === undefined) return problem("unknownTopic", { name: topic });
  return partitionCount(count) ?? (count <= current ? problem("partitionsOnlyUp", { topic, current, count }) : null);
}

function partitionCount(count: number): CommandProblem | null {
  return range("partitions", count, 1, clusterLimits.maxPartitionsPerTopic, Number.isInteger(count));
}

function newClient(topology: Topology, clientId: string, count: number, cap: keyof typeof clusterLimits): CommandProblem | null {
  if (!isValidName(clientId) || clientId === ADMIN_CLIENT_ID) return problem("nameInvalid", { name: clientId });
  if (topology.producers.has(clientId) || topology.consumers.has(clientId)) return problem("nameTaken", { name: clientId });
  return limit(count, cap);
}

function newGroup(topology: Topology, groupId: string): CommandProblem | null {
  if (!isValidName(groupId)) return problem("nameInvalid", { name: groupId });
  if (topology.groups.has(groupId)) return problem("nameTaken", { name: groupId });
  return limit(topology.groups.size, "maxGroups");
}

function emptyGroup(topology: Topology, groupId: string): CommandProblem | null {
  for (const consumer of topology.consumers.values()) if (consumer.groupId === groupId) return problem("groupNotEmpty", { group: groupId });
  return null;
}

function sourceChange(spec: ProducerSpec | undefined, change: Partial<RecordSource> = {}): CommandProblem | null {
  return spec ? recordSource({ ...spec.source, ...change }) : null;
}

function recordSource(source: RecordSource): CommandProblem | null {
  const { keys } = source;
  const rate = range("rate", source.ratePerSecond, 0, clusterLimits.maxRecordsPerSecondPerProducer);
  const size = range("valueSize", source.valueSizeInBytes, 0, 1_000_000, Number.isInteger(source.valueSizeInBytes));
  if (rate || size || keys.kind === "none") return rate ?? size;
  if (keys.kind === "list") {
    const isFine = keys.keys.every((key) => typeof key === "string" && key.length <= clusterLimits.maxNameLength);
    return range("keys", keys.keys.length, 1, clusterLimits.maxKeysPerProducer, isFine);
  }
  const isFine = Number.isSafeInteger(keys.from) && Number.isSafeInteger(keys.to) && keys.prefix.length <= clusterLimits.maxNameLength;
  const name = range("keys", keys.prefix.length, 0, clusterLimits.maxNameLength);
  const span = name ?? range("keys", keys.to - keys.from + 1, 1, clusterLimits.maxKeysPerProducer, isFine);
  return span ?? (keys.kind === "skewed" ? range("hotPercent", keys.hotPercent, 0, 100, Number.isInteger(keys.hotPercent)) : null);
}

function processing(timeMs: number): CommandProblem | null {
  return range("processing", timeMs, 0, 600_000);
}

/** What a client subscribes or sends to is its own affair: whether there is such a topic it finds out by itself. */
function topics(names: readonly string[]): CommandProblem | null {
  for (const name of names) if (!isUserTopicName(name)) return problem("nameInvalid", { name });
  return new Set(names).size === names.length ? null : problem("nameTaken", { name: names.join(", ") });
}

function configs(scope: ConfigScope, changed: Configs): CommandProblem | null {
  const wrong = validateConfigs(scope, changed)[0];
  if (!wrong) return null;
  const { reason: rule, ...allowed } = wrong.problem;
  const because = wrong.because.length > 0 ? { because: wrong.because.join(", ") } : {};
  return problem("configInvalid", { name: wrong.name, rule, allowed: Object.values(allowed).flat().join(", "), ...because });
}

function known(entries: ReadonlyMap<string, unknown>, name: string, reason: CommandProblem["reason"]): CommandProblem | null {
  return entries.has(name) ? null : problem(reason, { name });
}

function limit(count: number, cap: keyof typeof clusterLimits): CommandProblem | null {
  return count < clusterLimits[cap] ? null : problem("limitReached", { limit: cap, value: clusterLimits[cap] });
}

function range(name: string, value: number, min: number, max: number, isFine = true): CommandProblem | null {
  return isFine && Number.isFinite(value) && value >= min && value <= max ? null : problem("valueInvalid", { name, value, min, max });
}

function isUserTopicName(name: string): boolean {
  return isValidTopicName(name) && !isInternalTopic(name) && isValidName(name);
}

function isValidName(name: string): boolean {
  return name.length <= clusterLimits.maxNameLength && isLegibleName(name);
}

function problem(reason: CommandProblem["reason"], params: CommandProblem["params"]): CommandProblem {
  return { reason, params };
}
