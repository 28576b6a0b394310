import { clusterLimits } from "../../../core/kafka/limits";
import { entriesAt } from "../../kinds/collections";
import type { Json } from "../../kinds/kind";
import { invalid, refuse } from "../../problem";

// How a document of version 1 and a run stand in a link of codec t1: JSON without names, fields by their place, choices by their number.
// Such links are only read, so this never changes. What it gives is of no type yet, as any document from elsewhere.

type Unpack = (json: Json) => unknown;

const plain: Unpack = (json) => json;

function list(unpack: Unpack, most = Infinity): Unpack {
  return (json) => entries(json, most).map(unpack);
}

/** An object whose fields stand one after the other. */
function fields(forms: Readonly<Record<string, Unpack>>): (json: Json) => object {
  const all = Object.entries(forms);
  return (json) => {
    const packed = exactly(json, all.length);
    return Object.fromEntries(all.map(([name, unpack], at) => [name, unpack(packed[at] as Json)] as const).filter(([, value]) => value !== undefined)); // as many as there are
  };
}

/** A field that may be left out: 0, or its value in a list of one. */
function optional(unpack: Unpack): Unpack {
  return (json) => (json === 0 ? undefined : unpack(exactly(json, 1)[0] as Json)); // the one entry
}

/** One of a few words, by its place. */
function choice(...words: readonly string[]): Unpack {
  return (json) => words[json as number] ?? misshapen(); // anything else is no place
}

/** Objects told apart by a tag: the place of the tag's value, and the other fields. */
function variants(tag: string, ...forms: readonly (readonly [name: string, unpack: (json: Json) => object])[]): Unpack {
  return (json) => {
    const [at, packed] = exactly(json, 2);
    const [name, unpack] = forms[at as number] ?? misshapen(); // anything else is no place
    return { [tag]: name, ...unpack(packed as Json) }; // of two
  };
}

/** An object of any names: names and values in turn. */
function byName(unpack: Unpack): Unpack {
  return (json) => {
    const turns = entries(json);
    const names = turns.filter((_turn, at) => at % 2 === 0);
    return Object.fromEntries(names.map((name, at) => [String(name), unpack(turns[at * 2 + 1] ?? misshapen())]));
  };
}

/** A config that is set to null stands in a list of none. */
const configs = byName((json) => (Array.isArray(json) && json.length === 0 ? null : json));

const keySource = variants(
  "kind",
  ["none", fields({})],
  ["list", fields({ keys: list(plain, clusterLimits.maxKeysPerProducer) })],
  ["range", fields({ prefix: plain, from: plain, to: plain })],
  ["skewed", fields({ prefix: plain, from: plain, to: plain, hotPercent: plain })],
);

const recordSource = fields({ ratePerSecond: plain, keys: keySource, valueSizeInBytes: plain });
const recordSourceChange = fields({ ratePerSecond: optional(plain), keys: optional(keySource), valueSizeInBytes: optional(plain) });
const processing = fields({ timeMs: plain });
const topic = fields({ name: plain, partitions: plain, configs });
const producer = fields({ clientId: plain, topics: list(plain), source: recordSource, configs });
const group = fields({ groupId: plain, topics: list(plain), configs });
const consumer = fields({ clientId: plain, groupId: plain, processing });

const command = variants(
  "type",
  ["createTopic", fields({ topic })],
  ["deleteTopic", fields({ topic: plain })],
  ["createPartitions", fields({ topic: plain, count: plain })],
  ["alterTopicConfigs", fields({ topic: plain, configs })],
  ["addProducer", fields({ producer })],
  ["removeProducer", fields({ clientId: plain })],
  ["alterProducer", fields({ clientId: plain, topics: optional(list(plain)), source: optional(recordSourceChange), configs: optional(configs) })],
  ["addGroup", fields({ group })],
  ["removeGroup", fields({ groupId: plain })],
  ["alterGroup", fields({ groupId: plain, topics: optional(list(plain)), configs: optional(configs) })],
  ["addConsumer", fields({ consumer })],
  ["removeConsumer", fields({ clientId: plain, how: choice("close", "crash") })],
  ["moveConsumer", fields({ clientId: plain, groupId: plain })],
  ["alterConsumer", fields({ clientId: plain, processing })],
  ["deliverAs", fields({ mode: choice("queue", "pubsub") })],
);

const localizedText: Unpack = (json) => {
  if (typeof json === "string") return json;
  const [en, ko] = exactly(json, 2);
  return { en, ko };
};

const scenario = fields({
  schemaVersion: plain,
  name: localizedText,
  description: localizedText,
  seed: plain,
  network: fields({ latencyMs: plain, jitterMs: plain }),
  brokerConfigs: configs,
  topics: list(topic, clusterLimits.maxTopics),
  producers: list(producer, clusterLimits.maxProducers),
  groups: list(group, clusterLimits.maxGroups),
  consumers: list(consumer, clusterLimits.maxConsumers),
  startMs: plain,
  speed: plain,
  verb: choice("addConsumer", "addGroup", "addPartition", "addProducer", "speedUpConsumer", "switchMode"),
  layout: byName(fields({ x: plain, y: plain })),
  labels: byName(localizedText),
});

/** Moments are the steps from one to the next. */
const journal: Unpack = (json) => {
  let timeUs = 0;
  let eventCount = 0;
  return entries(json, clusterLimits.maxJournalCommands).map((entry) => {
    const [stepUs, stepCount, packed] = exactly(entry, 3);
    timeUs += Number(stepUs);
    eventCount += Number(stepCount);
    return { timeUs, eventCount, command: command(packed as Json) }; // of three
  });
};

const run = fields({ engineVersion: plain, timeUs: plain, eventCount: plain, journal });

/** What a link of codec t1 holds. */
export const unpackShared1: (json: Json) => object = fields({ scenario, run: (json) => (json === 0 ? null : run(exactly(json, 1)[0] as Json)) }); // the one entry

function entries(json: Json, most = Infinity): readonly Json[] {
  return entriesAt(json, most, "") as readonly Json[]; // entries of JSON
}

function exactly(json: Json, count: number): readonly Json[] {
  const all = entries(json);
  return all.length === count ? all : misshapen();
}

function misshapen(): never {
  return refuse(invalid("", "type", { expected: "Object" }));
}
