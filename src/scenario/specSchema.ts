import * as v from "valibot";
import type { KeySource, Processing, RecordSource } from "../core/apps/program";
import type { ConsumerSpec, GroupSpec, NetworkSpec, ProducerSpec, TopicSpec } from "../core/cluster/spec";
import type { Configs } from "../core/kafka/configs";
import { clusterLimits } from "../core/kafka/limits";
import { scenarioLimits } from "./scenarioLimits";

type Schema<Value> = v.GenericSchema<unknown, Value>;

const { maxNameLength, maxPartitionsPerTopic, maxTopics, maxKeysPerProducer, maxRecordsPerSecondPerProducer } = clusterLimits;
const { maxConfigs, maxValueSizeInBytes, maxProcessingMs, maxLatencyMs } = scenarioLimits;

/** A finite number from `min` to `max`; minus zero becomes zero, which is all that JSON knows. */
export function numberFrom(min: number, max: number): Schema<number> {
  return v.pipe(v.number(), v.minValue(min), v.maxValue(max), v.transform(withoutSign));
}

export function wholeFrom(min: number, max: number): Schema<number> {
  return v.pipe(v.number(), v.safeInteger(), v.minValue(min), v.maxValue(max), v.transform(withoutSign));
}

export function textUpTo(maxLength: number): Schema<string> {
  return v.pipe(v.string(), v.maxLength(maxLength));
}

function withoutSign(value: number): number {
  return value === 0 ? 0 : value;
}

/** Kafka's `Topic.validate`, and this playground's cap. */
export const topicNameSchema: Schema<string> = v.pipe(v.string(), v.maxLength(maxNameLength), v.regex(/^(?!\.{1,2}$)(?!__(?:consumer_offsets|cluster_metadata)$)[a-zA-Z0-9._-]+$/));

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
export const groupIdSchema: Schema<string> = v.pipe(v.string(), v.maxLength(maxNameLength), v.regex(/^(?=[^]*\S)[^\u0000-\u001f\u007f]+$/));

/** `admin` is the name of the administration client that is always there. */
export const clientIdSchema: Schema<string> = v.pipe(groupIdSchema, v.regex(/^(?!admin$)/));

/** The kinds of values only: whether each config is fine is Kafka's own rule, looked at later. */
export const configsSchema: Schema<Configs> = v.pipe(
  v.record(v.string(), v.nullable(v.union([textUpTo(1000), v.pipe(v.number(), v.transform(withoutSign)), v.boolean()]))),
  v.maxEntries(maxConfigs),
);

export const topicNamesSchema: Schema<readonly string[]> = v.pipe(v.array(topicNameSchema), v.maxLength(maxTopics));
const keyTextSchema = textUpTo(maxNameLength);
const keyRangeEntries = {
  prefix: keyTextSchema,
  from: wholeFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
  to: wholeFrom(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
};

const keySourceSchema: Schema<KeySource> = v.variant("kind", [
  v.strictObject({ kind: v.literal("none") }),
  v.strictObject({ kind: v.literal("list"), keys: v.pipe(v.array(keyTextSchema), v.minLength(1), v.maxLength(maxKeysPerProducer)) }),
  v.strictObject({ kind: v.literal("range"), ...keyRangeEntries }),
  v.strictObject({ kind: v.literal("skewed"), ...keyRangeEntries, hotPercent: wholeFrom(0, 100) }),
]);

const recordSourceEntries = {
  ratePerSecond: numberFrom(0, maxRecordsPerSecondPerProducer),
  keys: keySourceSchema,
  valueSizeInBytes: wholeFrom(0, maxValueSizeInBytes),
};
const recordSourceSchema: Schema<RecordSource> = v.strictObject(recordSourceEntries);

/** Some of its fields. */
export const recordSourceChangeSchema: Schema<Partial<RecordSource>> = v.strictObject({
  ratePerSecond: v.exactOptional(recordSourceEntries.ratePerSecond),
  keys: v.exactOptional(recordSourceEntries.keys),
  valueSizeInBytes: v.exactOptional(recordSourceEntries.valueSizeInBytes),
});

export const processingSchema: Schema<Processing> = v.strictObject({ timeMs: numberFrom(0, maxProcessingMs) });

export const partitionCountSchema = wholeFrom(1, maxPartitionsPerTopic);

export const networkSchema: Schema<NetworkSpec> = v.strictObject({
  latencyMs: wholeFrom(0, maxLatencyMs),
  jitterMs: wholeFrom(0, maxLatencyMs),
});

export const topicSchema: Schema<TopicSpec> = v.strictObject({
  name: topicNameSchema,
  partitions: partitionCountSchema,
  configs: configsSchema,
});

export const producerSchema: Schema<ProducerSpec> = v.strictObject({
  clientId: clientIdSchema,
  topics: topicNamesSchema,
  source: recordSourceSchema,
  configs: configsSchema,
});

export const groupSchema: Schema<GroupSpec> = v.strictObject({
  groupId: groupIdSchema,
  topics: topicNamesSchema,
  configs: configsSchema,
});

export const consumerSchema: Schema<ConsumerSpec> = v.strictObject({
  clientId: clientIdSchema,
  groupId: groupIdSchema,
  processing: processingSchema,
});
