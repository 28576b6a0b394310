import { numbered, TestWorld } from "./testWorld";

/** For tests: names that an object would put in another order, or would not take, in the order in which they are made here. */
export const oddNames = {
  topics: ["constructor", "10", "__proto__", "2"],
  producers: ["isPrototypeOf", "7", "03"],
  groups: ["toString", "10", "__proto__", "2", "valueOf"],
  consumers: ["valueOf", "10", "toString", "2", "__proto__"],
} as const;

/** Names that nobody has given, though every object knows them. */
export const missingNames: readonly string[] = ["hasOwnProperty", "toLocaleString", "__defineGetter__", "0"];

/**
 * For tests: a world in which everything is made by command and named like that. Each group has one consumer and reads every topic from
 * its start; the first producer has sent `RECORDS_A_TOPIC` records to each.
 */
export function oddlyNamedWorld(): TestWorld {
  const world = new TestWorld({ topics: [], producers: [] });
  const source = { ratePerSecond: 0, keys: { kind: "none" }, valueSizeInBytes: 0 } as const;
  const topics = [...oddNames.topics];
  for (const name of topics) world.give({ type: "createTopic", topic: { name, partitions: 2, configs: {} } });
  for (const clientId of oddNames.producers) world.give({ type: "addProducer", producer: { clientId, topics, source, configs: { "linger.ms": 1 } } });
  oddNames.groups.forEach((groupId, index) => {
    world.give({ type: "addGroup", group: { groupId, topics, configs: { "auto.offset.reset": "earliest" } } });
    world.give({ type: "addConsumer", consumer: { clientId: oddNames.consumers[index] ?? "", groupId, processing: { timeMs: 1 } } });
  });
  world.run(1000);
  world.send(numbered(1, RECORDS_A_TOPIC), "toString", oddNames.producers[0]);
  world.run(5000);
  return world;
}

export const RECORDS_A_TOPIC = 20;
