import type { Failure, KeySource, Processing, RecordSource, Rescue, Settling } from "../core/apps/program";
import type { AmqpSpec, ConsumerSpec, GroupSpec, NetworkSpec, ProducerSpec, ReceiverSpec, TopicSpec } from "../core/world/spec";
import { parseConfigs, type Configs } from "../core/kafka/configs";
import type { ConfigScope, ConfigValue } from "../core/kafka/configTable";
import { clusterLimits } from "../core/kafka/limits";
import { isUserClientId, isUserGroupId, isUserTopicName } from "../core/kafka/names";
import { amqpName, exchange, publishes, queue, receiverSettings } from "./amqpKinds";
import { byName, list } from "./kinds/collections";
import type { Kind } from "./kinds/kind";
import { defaulted, optional, record, required, variants } from "./kinds/record";
import { choice, nameUpTo, numberFrom, plain, textUpTo, wholeFrom } from "./kinds/scalars";
import { invalid, refuse } from "./problem";
import { scenarioLimits } from "./scenarioLimits";

// What a world is made from. This table is the one place of field numbers, defaults and limits. Defaults are Kafka's where Kafka has one (a
// topic has one partition, as num.partitions says); a producer sends one record without a key each second; a consumer takes no time; and a
// range of keys begins at 1.

const { maxNameLength, maxPartitionsPerTopic, maxTopics, maxKeysPerProducer, maxRecordsPerSecondPerProducer } = clusterLimits;
const { maxConfigs, maxConfigLength, maxLatencyMs } = scenarioLimits;
const { maxValueSizeInBytes, maxProcessingMs, maxPoison, maxRetries, maxRetryTopics, maxWorkers } = clusterLimits;

export const topicName = nameUpTo(maxNameLength, isUserTopicName);
export const topicNames = list(topicName, maxTopics);
export const groupId = nameUpTo(maxNameLength, isUserGroupId);
export const clientId = nameUpTo(maxNameLength, isUserClientId);

const configText = textUpTo(maxConfigLength);
const configNumber = numberFrom(-Number.MAX_VALUE, Number.MAX_VALUE);
const configValue = plain<ConfigValue>((value, path) => {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return configNumber.read(value, path);
  return typeof value === "string" ? configText.read(value, path) : refuse(invalid(path, "type", { expected: "string | number | boolean | null" }));
});
const anyConfigs = byName(textUpTo(maxConfigLength), configValue, maxConfigs);

/** Changed configs, each text read as what it stands for. Whether each is fine is Kafka's own rule, looked at later. */
export function configsOf(scope: ConfigScope): Kind<Configs> {
  return { ...anyConfigs, read: (value, path) => parseConfigs(scope, anyConfigs.read(value, path)) };
}

const keyText = textUpTo(maxNameLength);
const keyNumber = wholeFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
const keyRange = { prefix: defaulted(1, keyText, ""), from: defaulted(2, keyNumber, 1), to: required(3, keyNumber) };

const keySource = variants<"kind", KeySource>("kind", {
  none: [1, record({})],
  list: [2, record({ keys: required(1, list(keyText, maxKeysPerProducer, 1)) })],
  range: [3, record(keyRange)],
  skewed: [4, record({ ...keyRange, hotPercent: defaulted(4, wholeFrom(0, 100), 50) })],
});

const ratePerSecond = numberFrom(0, maxRecordsPerSecondPerProducer);
const valueSizeInBytes = wholeFrom(0, maxValueSizeInBytes);

const recordSource = record<RecordSource>({
  ratePerSecond: defaulted(1, ratePerSecond, 1),
  keys: defaulted(2, keySource, { kind: "none" }),
  valueSizeInBytes: defaulted(3, valueSizeInBytes, 0),
});

/** Some of its fields. */
export const recordSourceChange = record<Partial<RecordSource>>({
  ratePerSecond: optional(1, ratePerSecond),
  keys: optional(2, keySource),
  valueSizeInBytes: optional(3, valueSizeInBytes),
});

const processingMs = numberFrom(0, maxProcessingMs);

const failure = record<Failure>({
  how: required(1, choice<Failure["how"]>({ throw: 1, stall: 2, crash: 3 })),
  keys: optional(2, list(keyText, maxPoison)),
  numbers: optional(3, list(wholeFrom(0, Number.MAX_SAFE_INTEGER), maxPoison)),
  percent: optional(4, numberFrom(0, 100)),
});

const rescue = record<Rescue>({
  retries: defaulted(1, wholeFrom(0, maxRetries), 0),
  backoffMs: defaulted(2, processingMs, 0),
  giveUp: defaulted(3, choice<Rescue["giveUp"]>({ stop: 1, skip: 2, requeue: 3, reject: 4, forward: 5 }), "stop"),
  topics: optional(4, list(topicName, maxRetryTopics)),
  delayMs: optional(5, processingMs),
});

export const processing = record<Processing>({
  timeMs: defaulted(1, processingMs, 0),
  workers: optional(2, wholeFrom(1, maxWorkers)),
  settle: optional(3, choice<Settling>({ before: 1, after: 2, each: 3, async: 4 })),
  failure: optional(4, failure),
  rescue: optional(5, rescue),
  forwardTo: optional(6, topicName),
});
export const partitionCount = wholeFrom(1, maxPartitionsPerTopic);
/** To the microsecond, which is what worlds count by. */
const latency = numberFrom(0, maxLatencyMs);
export const network = record<NetworkSpec>({ latencyMs: required(1, latency), jitterMs: defaulted(2, latency, 0) });

export const topic = record<TopicSpec>({
  name: required(1, topicName),
  partitions: defaulted(2, partitionCount, 1),
  configs: defaulted(3, configsOf("topic"), {}),
});

export const producer = record<ProducerSpec>({
  clientId: required(1, clientId),
  topics: defaulted(2, topicNames, []),
  source: defaulted(3, recordSource, { ratePerSecond: 1, keys: { kind: "none" }, valueSizeInBytes: 0 }),
  configs: defaulted(4, configsOf("producer"), {}),
  publishes: optional(5, publishes),
});

export const group = record<GroupSpec>({
  groupId: required(1, groupId),
  topics: defaulted(2, topicNames, []),
  configs: defaulted(3, configsOf("consumer"), {}),
});

export const consumer = record<ConsumerSpec>({
  clientId: required(1, clientId),
  groupId: required(2, groupId),
  processing: defaulted(3, processing, { timeMs: 0 }),
});

export const receiver = record<ReceiverSpec>({
  name: required(1, clientId),
  queue: required(2, amqpName),
  ...receiverSettings,
  processing: defaulted(6, processing, { timeMs: 0 }),
  startsAtMs: optional(7, wholeFrom(0, scenarioLimits.maxStartMs)),
});

export const amqp = record<AmqpSpec>({
  exchanges: defaulted(1, list(exchange, clusterLimits.maxExchanges), []),
  queues: defaulted(2, list(queue, clusterLimits.maxQueues), []),
  receivers: defaulted(3, list(receiver, clusterLimits.maxReceivers), []),
});
