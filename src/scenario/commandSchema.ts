import * as v from "valibot";
import type { Command, StampedCommand } from "../core/cluster/command";
import {
  clientIdSchema,
  configsSchema,
  consumerSchema,
  groupIdSchema,
  groupSchema,
  partitionCountSchema,
  processingSchema,
  producerSchema,
  recordSourceChangeSchema,
  topicNameSchema,
  topicNamesSchema,
  topicSchema,
  wholeFrom,
} from "./specSchema";

/** A command as such; whether the world of its moment takes it is for the simulation to say. */
const commandSchema: v.GenericSchema<unknown, Command> = v.variant("type", [
  v.strictObject({ type: v.literal("createTopic"), topic: topicSchema }),
  v.strictObject({ type: v.literal("deleteTopic"), topic: topicNameSchema }),
  v.strictObject({ type: v.literal("createPartitions"), topic: topicNameSchema, count: partitionCountSchema }),
  v.strictObject({ type: v.literal("alterTopicConfigs"), topic: topicNameSchema, configs: configsSchema }),
  v.strictObject({ type: v.literal("addProducer"), producer: producerSchema }),
  v.strictObject({ type: v.literal("removeProducer"), clientId: clientIdSchema }),
  v.strictObject({
    type: v.literal("alterProducer"),
    clientId: clientIdSchema,
    topics: v.exactOptional(topicNamesSchema),
    source: v.exactOptional(recordSourceChangeSchema),
    configs: v.exactOptional(configsSchema),
  }),
  v.strictObject({ type: v.literal("addGroup"), group: groupSchema }),
  v.strictObject({ type: v.literal("removeGroup"), groupId: groupIdSchema }),
  v.strictObject({
    type: v.literal("alterGroup"),
    groupId: groupIdSchema,
    topics: v.exactOptional(topicNamesSchema),
    configs: v.exactOptional(configsSchema),
  }),
  v.strictObject({ type: v.literal("addConsumer"), consumer: consumerSchema }),
  v.strictObject({ type: v.literal("removeConsumer"), clientId: clientIdSchema, how: v.picklist(["close", "crash"]) }),
  v.strictObject({ type: v.literal("moveConsumer"), clientId: clientIdSchema, groupId: groupIdSchema }),
  v.strictObject({ type: v.literal("alterConsumer"), clientId: clientIdSchema, processing: processingSchema }),
  v.strictObject({ type: v.literal("deliverAs"), mode: v.picklist(["queue", "pubsub"]) }),
]);

export const stampedCommandSchema: v.GenericSchema<unknown, StampedCommand> = v.strictObject({
  timeUs: wholeFrom(0, Number.MAX_SAFE_INTEGER),
  eventCount: wholeFrom(0, Number.MAX_SAFE_INTEGER),
  command: commandSchema,
});
