import type { KeySource, Processing, RecordSource } from "../../core/apps/program";
import type { Command, StampedCommand } from "../../core/cluster/command";
import type { ConsumerSpec, DeliveryMode, GroupSpec, NetworkSpec, ProducerSpec, TopicSpec } from "../../core/cluster/spec";
import type { Configs, ConfigValue } from "../../core/kafka/configs";
import type { LocalizedText, Scenario, SceneVerb, SharedRun, SharedScenario } from "../scenario";
import { byName, choice, entries, fields, list, misshapen, optional, plain, variants, type Form, type Json } from "./forms";

// The layout of links of codec t1, for ever: a field that comes or goes makes a new codec, and this one stays to read the old links.

const text = plain<string>();
const number = plain<number>();

/** A config that is set to null stands in a list of none, for null alone means that a value is missing. */
const configs: Form<Configs> = byName<ConfigValue>({
  pack: (value) => (value === null ? [] : value),
  unpack: (json) => (Array.isArray(json) && json.length === 0 ? null : json),
});

const keySource = variants<"kind", KeySource>("kind", {
  none: fields({}),
  list: fields({ keys: list(text) }),
  range: fields({ prefix: text, from: number, to: number }),
  skewed: fields({ prefix: text, from: number, to: number, hotPercent: number }),
});

const recordSource = fields<RecordSource>({ ratePerSecond: number, keys: keySource, valueSizeInBytes: number });
const recordSourceChange = fields<Partial<RecordSource>>({ ratePerSecond: optional(number), keys: optional(keySource), valueSizeInBytes: optional(number) });
const processing = fields<Processing>({ timeMs: number });
const network = fields<NetworkSpec>({ latencyMs: number, jitterMs: number });
const topic = fields<TopicSpec>({ name: text, partitions: number, configs });
const producer = fields<ProducerSpec>({ clientId: text, topics: list(text), source: recordSource, configs });
const group = fields<GroupSpec>({ groupId: text, topics: list(text), configs });
const consumer = fields<ConsumerSpec>({ clientId: text, groupId: text, processing });

type FieldsOf<Type extends Command["type"]> = Omit<Extract<Command, { type: Type }>, "type">;

const command: Form<Command> = variants<"type", Command>("type", {
  createTopic: fields({ topic }),
  deleteTopic: fields({ topic: text }),
  createPartitions: fields({ topic: text, count: number }),
  alterTopicConfigs: fields({ topic: text, configs }),
  addProducer: fields({ producer }),
  removeProducer: fields({ clientId: text }),
  alterProducer: fields<FieldsOf<"alterProducer">>({ clientId: text, topics: optional(list(text)), source: optional(recordSourceChange), configs: optional(configs) }),
  addGroup: fields({ group }),
  removeGroup: fields({ groupId: text }),
  alterGroup: fields<FieldsOf<"alterGroup">>({ groupId: text, topics: optional(list(text)), configs: optional(configs) }),
  addConsumer: fields({ consumer }),
  removeConsumer: fields({ clientId: text, how: choice({ close: 0, crash: 1 }) }),
  moveConsumer: fields({ clientId: text, groupId: text }),
  alterConsumer: fields({ clientId: text, processing }),
  deliverAs: fields({ mode: choice<DeliveryMode>({ queue: 0, pubsub: 1 }) }),
});

const localizedText: Form<LocalizedText> = {
  pack: (value) => (typeof value === "string" ? value : [value.en, value.ko]),
  unpack: (json) => {
    if (typeof json === "string") return json;
    const [en, ko] = entries(json, 2);
    return { en, ko };
  },
};

const scenario = fields<Scenario>({
  schemaVersion: number as Form<1>, // the schema refuses every other number
  name: localizedText,
  description: localizedText,
  seed: number,
  network,
  brokerConfigs: configs,
  topics: list(topic),
  producers: list(producer),
  groups: list(group),
  consumers: list(consumer),
  startMs: number,
  speed: number,
  verb: choice<SceneVerb>({ addConsumer: 0, addGroup: 1, addPartition: 2, addProducer: 3, speedUpConsumer: 4, switchMode: 5 }),
  layout: byName(fields({ x: number, y: number })),
  labels: byName(localizedText),
});

/** Moments as the steps from one to the next, which are short numbers. */
const journal: Form<readonly StampedCommand[]> = {
  pack: (stamped) =>
    stamped.map((entry, at) => {
      const before = stamped[at - 1] ?? { timeUs: 0, eventCount: 0 };
      return [entry.timeUs - before.timeUs, entry.eventCount - before.eventCount, command.pack(entry.command)];
    }),
  unpack: (json) => {
    let timeUs = 0;
    let eventCount = 0;
    return entries(json).map((entry) => {
      const [stepUs, stepCount, packed] = entries(entry, 3);
      if (typeof stepUs !== "number" || typeof stepCount !== "number") misshapen();
      timeUs += stepUs;
      eventCount += stepCount;
      return { timeUs, eventCount, command: command.unpack(packed as Json) };
    });
  },
};

const run = fields<SharedRun>({ engineVersion: number, timeUs: number, eventCount: number, journal });

/** What a link holds, as it stands in the link. */
export const sharedForm = fields<SharedScenario>({
  scenario,
  run: {
    pack: (value) => (value === null ? 0 : [run.pack(value)]),
    unpack: (json) => (json === 0 ? null : run.unpack(entries(json, 1)[0] as Json)),
  },
});
