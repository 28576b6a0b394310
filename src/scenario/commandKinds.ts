import type { Command, StampedCommand } from "../core/world/command";
import type { DeliveryMode } from "../core/world/spec";
import { clusterLimits } from "../core/kafka/limits";
import { list } from "./kinds/collections";
import type { Kind } from "./kinds/kind";
import { defaulted, optional, record, required, variants } from "./kinds/record";
import { choice, wholeFrom } from "./kinds/scalars";
import { scenarioLimits } from "./scenarioLimits";
import { clientId, configsOf, consumer, group, groupId, partitionCount, processing, producer, recordSourceChange, topic, topicName, topicNames } from "./specKinds";

type FieldsOf<Type extends Command["type"]> = Omit<Extract<Command, { type: Type }>, "type">;

/** A command as such; whether the world of its moment takes it is for the simulation to say. */
export const command = variants<"type", Command>("type", {
  createTopic: [1, record({ topic: required(1, topic) })],
  deleteTopic: [2, record({ topic: required(1, topicName) })],
  createPartitions: [3, record({ topic: required(1, topicName), count: required(2, partitionCount) })],
  alterTopicConfigs: [4, record({ topic: required(1, topicName), configs: required(2, configsOf("topic")) })],
  addProducer: [5, record({ producer: required(1, producer) })],
  removeProducer: [6, record({ clientId: required(1, clientId) })],
  alterProducer: [
    7,
    record<FieldsOf<"alterProducer">>({
      clientId: required(1, clientId),
      topics: optional(2, topicNames),
      source: optional(3, recordSourceChange),
      configs: optional(4, configsOf("producer")),
    }),
  ],
  addGroup: [8, record({ group: required(1, group) })],
  removeGroup: [9, record({ groupId: required(1, groupId) })],
  alterGroup: [10, record<FieldsOf<"alterGroup">>({ groupId: required(1, groupId), topics: optional(2, topicNames), configs: optional(3, configsOf("consumer")) })],
  addConsumer: [11, record({ consumer: required(1, consumer) })],
  removeConsumer: [12, record({ clientId: required(1, clientId), how: defaulted(2, choice({ close: 1, crash: 2 }), "close") })],
  moveConsumer: [13, record({ clientId: required(1, clientId), groupId: required(2, groupId) })],
  alterConsumer: [14, record({ clientId: required(1, clientId), processing: required(2, processing) })],
  deliverAs: [15, record({ mode: required(1, choice<DeliveryMode>({ queue: 1, pubsub: 2, mixed: 3 })) })],
});

export const runTime = wholeFrom(0, scenarioLimits.maxRunTimeUs);
export const runEvents = wholeFrom(0, scenarioLimits.maxRunEvents);

function stampedCommands(timeUs: Kind<number>, eventCount: Kind<number>): Kind<readonly StampedCommand[]> {
  const stamped = record<StampedCommand>({ timeUs: defaulted(1, timeUs, 0), eventCount: defaulted(2, eventCount, 0), command: required(3, command) });
  return list(stamped, clusterLimits.maxJournalCommands);
}

/** Of a kept run, which was played here, however long. */
export const keptJournal = stampedCommands(wholeFrom(0, Number.MAX_SAFE_INTEGER), wholeFrom(0, Number.MAX_SAFE_INTEGER));

const entries = stampedCommands(runTime, runEvents);

/** In a link, moments are the steps from one to the next, which are short numbers. */
export const journal: Kind<readonly StampedCommand[]> = {
  read: entries.read,
  pack: (moments) =>
    entries.pack(
      moments.map((moment, at) => {
        const before = moments[at - 1] ?? { timeUs: 0, eventCount: 0 };
        return { ...moment, timeUs: moment.timeUs - before.timeUs, eventCount: moment.eventCount - before.eventCount };
      }),
    ),
  unpack: (json, path) => {
    let timeUs = 0;
    let eventCount = 0;
    const moments = entries.unpack(json, path) as { timeUs?: unknown; eventCount?: unknown }[]; // records of `stamped`, just made
    for (const moment of moments) {
      moment.timeUs = timeUs += Number(moment.timeUs ?? 0);
      moment.eventCount = eventCount += Number(moment.eventCount ?? 0);
    }
    return moments;
  },
};
