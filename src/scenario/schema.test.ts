import { describe, expect, it } from "vitest";
import { clusterLimits } from "../core/kafka/limits";
import { orders } from "./presets/orders";
import { parseCommand, parseRun, parseScenario } from "./schema";

/** A copy of the default scene with the value at a path replaced, or taken out when it is undefined. */
function withValue(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(orders)) as Record<string, unknown>;
  const keys = path.split(".");
  const last = keys.pop() as string;
  let place: Record<string, unknown> = copy;
  for (const key of keys) place = place[key] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return copy;
}

function problemOf(value: unknown): unknown {
  const parsed = parseScenario(value);
  return "problem" in parsed ? parsed.problem : "no problem";
}

const copies = <Value>(count: number, make: (at: number) => Value): Value[] => Array.from({ length: count }, (_, at) => make(at));

describe("a scenario is read", () => {
  it("from a value and from its JSON text", () => {
    expect(parseScenario(orders)).toEqual({ scenario: orders });
    expect(parseScenario(JSON.stringify(orders))).toEqual({ scenario: orders });
  });

  it("with its fields in one order, whatever theirs was", () => {
    const reversed = Object.fromEntries(Object.entries(orders).reverse());
    const parsed = parseScenario(reversed);
    expect(JSON.stringify("scenario" in parsed && parsed.scenario)).toBe(JSON.stringify(orders));
  });

  it.each([
    ["a name in another script", "groups.0", { groupId: "청구 그룹 🚚", topics: [], configs: {} }, "consumers", []],
    ["no keys to choose from but one", "producers.0.source.keys", { kind: "range", prefix: "", from: 5, to: 5 }, "seed", 0xffff_ffff],
    ["minus zero, as zero", "startMs", -0, "layout", { "topic:orders": { x: -0, y: 1.5 } }],
    ["one text for all languages", "name", "Orders", "labels", { "consumer:c1": "one" }],
    ["a config at its default", "groups.0.configs", { "max.poll.records": null }, "speed", 0.1],
    ["places and names of what is called __proto__", "layout", JSON.parse('{"topic:__proto__":{"x":1,"y":2}}'), "labels", { "consumer:constructor": "one" }],
  ])("with %s", (_what, path, value, otherPath, otherValue) => {
    const scenario = { ...(withValue(path, value) as object), [otherPath]: otherValue };
    expect(parseScenario(scenario)).toEqual({ scenario: JSON.parse(JSON.stringify(scenario)) });
  });
});

describe("what a document leaves out", () => {
  it("has its default", () => {
    const bare = {
      schemaVersion: 2,
      topics: [{ name: "orders" }],
      producers: [{ clientId: "p1" }, { clientId: "p2", source: { keys: { kind: "range", to: 3 } } }, { clientId: "p3", source: { ratePerSecond: 5, keys: { kind: "skewed", to: 9 } } }],
      groups: [{ groupId: "g" }],
      consumers: [{ clientId: "c1", groupId: "g" }],
    };
    const producer = { topics: [], source: { ratePerSecond: 1, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: {} };
    expect(parseScenario(bare)).toEqual({
      scenario: {
        schemaVersion: 2,
        name: "",
        description: "",
        seed: 1,
        network: { latencyMs: 250, jitterMs: 80 },
        brokerConfigs: { "offsets.topic.replication.factor": 1 },
        topics: [{ name: "orders", partitions: 1, configs: {} }],
        producers: [
          { clientId: "p1", ...producer },
          { clientId: "p2", ...producer, source: { ...producer.source, keys: { kind: "range", prefix: "", from: 1, to: 3 } } },
          { clientId: "p3", ...producer, source: { ratePerSecond: 5, keys: { kind: "skewed", prefix: "", from: 1, to: 9, hotPercent: 50 }, valueSizeInBytes: 0 } },
        ],
        groups: [{ groupId: "g", topics: [], configs: {} }],
        consumers: [{ clientId: "c1", groupId: "g", processing: { timeMs: 0 } }],
        startMs: 0,
        speed: 1,
        verb: "addConsumer",
        layout: {},
        labels: {},
      },
    });
  });

  it("may be all but the version, and what is given stays as it is", () => {
    expect(parseScenario('{"schemaVersion":2}')).toHaveProperty("scenario");
    expect(parseScenario({ schemaVersion: 2, brokerConfigs: {}, network: { latencyMs: 5 } })).toMatchObject({ scenario: { brokerConfigs: {}, network: { latencyMs: 5, jitterMs: 0 } } });
  });

  it("has latencies of parts of a millisecond", () => {
    expect(parseScenario({ ...orders, network: { latencyMs: 0.25, jitterMs: 0.05 } })).toMatchObject({ scenario: { network: { latencyMs: 0.25, jitterMs: 0.05 } } });
  });

  it("was all there in version 1", () => expect(parseScenario({ ...orders, schemaVersion: 1 })).toEqual({ scenario: orders }));

  it.each(["sed", "network.lossPercent", "topics.0.replicas", "producers.0.source.shape", "producers.0.source.keys.step", "constructor", "labels.consumer:c1.ja"])("is not %s, which this page does not know", (path) => {
    const value = path.startsWith("labels") ? { "consumer:c1": { en: "a", ko: "b", ja: "c" } } : 1;
    expect(problemOf(withValue(path.startsWith("labels") ? "labels" : path, value))).toEqual({ reason: "newer", path, detail: "unknownField", params: {} });
  });

  it("is not __proto__ either", () => expect(problemOf('{"schemaVersion":2,"__proto__":{}}')).toEqual({ reason: "newer", path: "__proto__", detail: "unknownField", params: {} }));
});

describe("configs as people have them", () => {
  it("are read as what they stand for", () => {
    const given = withValue("topics.0.configs", { "retention.ms": "604800000", "min.insync.replicas": " 1", "compression.type": "producer" });
    expect(parseScenario(given)).toMatchObject({ scenario: { topics: [{ configs: { "retention.ms": 604_800_000, "min.insync.replicas": 1 } }] } });
    const classes = { "partition.assignment.strategy": "org.apache.kafka.clients.consumer.CooperativeStickyAssignor", "enable.auto.commit": "FALSE" };
    const typed = { "partition.assignment.strategy": "cooperative-sticky", "enable.auto.commit": false };
    expect(parseScenario(withValue("groups.0.configs", classes))).toMatchObject({ scenario: { groups: [{ configs: typed }] } });
    expect(parseCommand({ type: "alterGroup", groupId: "g", configs: classes })).toEqual({ command: { type: "alterGroup", groupId: "g", configs: typed } });
  });
});

describe("names that objects have already, or would put in another order", () => {
  it("are names, in the order in which they were given", () => {
    const names = ["9", "1", "__proto__", "constructor", "prototype", "0"];
    const given = {
      schemaVersion: 2,
      topics: names.map((name) => ({ name })),
      groups: names.map((groupId) => ({ groupId, topics: names })),
      producers: names.map((name) => ({ clientId: name, topics: names })),
      consumers: names.map((name) => ({ clientId: `${name}\u200b`, groupId: name })),
    };
    const parsed = parseScenario(JSON.stringify(given));
    if ("problem" in parsed) throw new Error(JSON.stringify(parsed.problem));
    const { topics, groups, producers, consumers } = parsed.scenario;
    expect([topics.map(({ name }) => name), groups.map(({ groupId }) => groupId), producers.map(({ clientId }) => clientId), consumers.map(({ groupId }) => groupId)]).toEqual([names, names, names, names]);
  });
});

describe("what is no scenario", () => {
  it.each([
    ["text that is no JSON", "{", { reason: "notJson", path: "", detail: null, params: {} }],
    ["null", null, { reason: "invalid", path: "", detail: "type", params: { expected: "Object" } }],
    ["a list", [], { reason: "invalid", path: "", detail: "type", params: { expected: "Object" } }],
    ["no version", {}, { reason: "invalid", path: "schemaVersion", detail: "missing", params: {} }],
    ["version 0", { schemaVersion: 0 }, { reason: "invalid", path: "schemaVersion", detail: "whole", params: {} }],
    ["a later version, whatever else", { schemaVersion: 3 }, { reason: "newer", path: "schemaVersion", detail: null, params: { version: 3 } }],
    ["lists in lists in lists", `{"schemaVersion":2,"name":${"[".repeat(1_000_000)}`, { reason: "invalid", path: "", detail: "tooDeep", params: { max: 32 } }],
    ["a long text", " ".repeat(2_000_001), { reason: "invalid", path: "", detail: "tooMany", params: { max: 2_000_000 } }],
    ["more parts than any scenario has", `[${"[],".repeat(100_000)}]`, { reason: "invalid", path: "", detail: "tooMany", params: { max: 100_000 } }],
  ])("%s", (_what, value, problem) => expect(problemOf(value)).toEqual(problem));

  it.each([
    ["topics.0.name", undefined, "missing", {}],
    ["consumers.0.groupId", undefined, "missing", {}],
    ["seed", "1", "type", { expected: "number" }],
    ["seed", 1.5, "whole", {}],
    ["seed", -1, "min", { min: 0 }],
    ["seed", 0x1_0000_0000, "max", { max: 0xffff_ffff }],
    ["startMs", Infinity, "max", { max: 600_000 }],
    ["startMs", NaN, "type", { expected: "number" }],
    ["speed", 0, "min", { min: 0.1 }],
    ["speed", 101, "max", { max: 100 }],
    ["verb", "win", "choice", { allowed: "addConsumer, addGroup, addPartition, addProducer, speedUpConsumer, switchMode, killReceiver, addReceiver, addSubscriber, killAmqpBroker, killReaders, limitPrefetch, mendPrograms, setAside" }],
    ["network", 5, "type", { expected: "Object" }],
    ["network.latencyMs", 5001, "max", { max: 5000 }],
    ["network.jitterMs", -0.5, "min", { min: 0 }],
    ["name", "x".repeat(201), "tooMany", { max: 200 }],
    ["topics.0.name", "a b", "name", {}],
    ["topics.0.name", "..", "name", {}],
    ["topics.0.name", "", "name", {}],
    ["topics.0.name", "__consumer_offsets", "name", {}],
    ["topics.0.name", "x".repeat(101), "tooMany", { max: 100 }],
    ["topics.0.partitions", 0, "min", { min: 1 }],
    ["topics.0.partitions", 201, "max", { max: 200 }],
    ["topics", copies(51, (at) => ({ name: `t${at}`, partitions: 1, configs: {} })), "tooMany", { max: 50 }],
    ["consumers", copies(101, (at) => ({ clientId: `k${at}`, groupId: "billing", processing: { timeMs: 1 } })), "tooMany", { max: 100 }],
    ["groups.0.groupId", "a\u0007", "name", {}],
    ["groups.0.groupId", "  ", "name", {}],
    ["groups.0.groupId", "\u200b", "name", {}],
    ["producers.0.clientId", "a\u202eb", "name", {}],
    ["groups.0.groupId", "\u2066a", "name", {}],
    ["producers.0.clientId", "admin", "name", {}],
    ["producers.0.source.ratePerSecond", 100_001, "max", { max: 100_000 }],
    ["producers.0.source.valueSizeInBytes", 1.5, "whole", {}],
    ["producers.0.source.keys.kind", "some", "choice", { allowed: "none, list, range, skewed" }],
    ["producers.0.source.keys", { kind: "list", keys: [] }, "empty", {}],
    ["producers.0.source.keys", { kind: "list", keys: copies(1001, String) }, "tooMany", { max: 1000 }],
    ["consumers.0.processing.timeMs", 600_001, "max", { max: 600_000 }],
    ["layout", { "orders": { x: 0, y: 0 } }, "name", {}],
    ["layout", { "topic:orders": { x: 2e6, y: 0 } }, "max", { max: 1_000_000 }],
    ["groups.0.configs", { "max.poll.records": [] }, "type", {}],
  ])("%s = %j: %s", (path, value, detail, params) => {
    expect(problemOf(withValue(path, value))).toMatchObject({ reason: "invalid", path: expect.stringContaining(path), detail, params });
  });

  it.each([
    ["groups.0.topics", ["orders", "orders"], { path: "groups.0.topics.1", detail: "taken", params: { name: "orders" } }],
    ["consumers.1.groupId", "bill", { path: "consumers.1.groupId", detail: "unknown", params: { kind: "group", name: "bill" } }],
    ["consumers.1.clientId", "checkout", { path: "consumers.1.clientId", detail: "taken", params: { name: "checkout" } }],
    ["topics.1", { name: "orders", partitions: 1, configs: {} }, { path: "topics.1.name", detail: "taken" }],
    ["producers.0.source.keys.to", 0, { path: "producers.0.source.keys.to", detail: "order" }],
    ["producers.0.source.keys.to", 1001, { path: "producers.0.source.keys", detail: "tooMany", params: { max: clusterLimits.maxKeysPerProducer } }],
    ["producers.0.configs", { acks: "2" }, { path: "producers.0.configs.acks", detail: "choice", params: { name: "acks", allowed: "all, 1, 0" } }],
    ["producers.0.configs", { "linger.ms": "soon" }, { detail: "type", params: { name: "linger.ms", expected: "long" } }],
    ["producers.0.configs", JSON.parse('{"__proto__":1}'), { path: "producers.0.configs.__proto__", detail: "configUnknown", params: { name: "__proto__" } }],
    ["topics.0.configs", { constructor: 1 }, { path: "topics.0.configs.constructor", detail: "configUnknown", params: { name: "constructor" } }],
    ["groups.0.configs", { prototype: null }, { detail: "configUnknown", params: { name: "prototype" } }],
    ["brokerConfigs", JSON.parse('{"__proto__":null}'), { path: "brokerConfigs.__proto__", detail: "configUnknown" }],
    ["producers.0.configs", { linger: 5 }, { detail: "configUnknown", params: { name: "linger" } }],
    ["groups.0.configs", { "max.poll.records": 0 }, { detail: "min", params: { name: "max.poll.records", min: 1 } }],
    ["groups.0.configs", { "session.timeout.ms": 2000 }, { detail: "max", params: { name: "heartbeat.interval.ms", max: 1999, because: "session.timeout.ms" } }],
    ["groups.0.configs", { "group.protocol": "consumer", "session.timeout.ms": 9000 }, { detail: "configUnset", params: { because: "group.protocol" } }],
    ["topics.0.configs", { "retention.ms": -2 }, { path: "topics.0.configs.retention.ms", detail: "min" }],
    ["brokerConfigs", { "offsets.topic.num.partitions": 201 }, { path: "brokerConfigs.offsets.topic.num.partitions", detail: "max", params: { max: 200 } }],
  ])("%s = %j: what it means is wrong", (path, value, problem) => {
    expect(problemOf(withValue(path, value))).toMatchObject({ reason: "invalid", ...problem });
  });
});

describe("a run", () => {
  const stamped = (timeUs: number, eventCount: number): object => ({ timeUs, eventCount, command: { type: "deliverAs", mode: "pubsub" } });
  const run = { engineVersion: 1, timeUs: 20, eventCount: 9, journal: [stamped(5, 2), stamped(5, 2), stamped(20, 9)] };
  const problem = (changed: object): unknown => {
    const parsed = parseRun({ ...run, ...changed });
    return "problem" in parsed ? parsed.problem : "no problem";
  };

  it("is read", () => expect(parseRun(run)).toEqual({ run }));
  it("may not go back in time", () => expect(problem({ journal: [stamped(5, 2), stamped(4, 3)] })).toMatchObject({ path: "journal.1", detail: "order" }));
  it("may not go back in events", () => expect(problem({ journal: [stamped(5, 2), stamped(6, 1)] })).toMatchObject({ path: "journal.1", detail: "order" }));
  it("may not end before its last command", () => expect(problem({ timeUs: 19 })).toMatchObject({ path: "journal.3", detail: "order" }));
  it("holds known commands only", () => {
    expect(problem({ journal: [{ timeUs: 0, eventCount: 0, command: { type: "win" } }] })).toMatchObject({ path: "journal.0.command.type", detail: "choice" });
  });
  it("holds commands with values that are allowed", () => {
    const command = { type: "alterGroup", groupId: "billing", configs: { "max.poll.records": 0 } };
    expect(problem({ journal: [{ timeUs: 0, eventCount: 0, command }] })).toMatchObject({ path: "journal.0.command.configs.max.poll.records", detail: "min" });
  });
});

describe("a command", () => {
  const problem = (value: unknown): unknown => {
    const parsed = parseCommand(value);
    return "problem" in parsed ? parsed.problem : "no problem";
  };

  it("is read, and what it leaves out has its default", () => {
    expect(parseCommand({ type: "createTopic", topic: { name: "t" } })).toEqual({ command: { type: "createTopic", topic: { name: "t", partitions: 1, configs: {} } } });
    expect(parseCommand({ type: "addConsumer", consumer: { clientId: "c", groupId: "g" } })).toEqual({ command: { type: "addConsumer", consumer: { clientId: "c", groupId: "g", processing: { timeMs: 0 } } } });
    expect(parseCommand({ type: "removeConsumer", clientId: "c" })).toEqual({ command: { type: "removeConsumer", clientId: "c", how: "close" } });
    expect(parseCommand({ type: "alterProducer", clientId: "p", topics: undefined })).toEqual({ command: { type: "alterProducer", clientId: "p" } });
  });

  it.each([null, 1, "x", [], {}, { type: "nope" }, { type: "__proto__" }, { type: ["deliverAs"] }])("is not %j", (value) => {
    expect(problem(value)).toMatchObject({ reason: "invalid", detail: expect.stringMatching(/type|choice/) });
  });

  it.each([
    [{ type: "removeConsumer", clientId: "c", how: "explode" }, { path: "how", detail: "choice", params: { allowed: "close, crash" } }],
    [{ type: "deliverAs", mode: "weird" }, { path: "mode", detail: "choice" }],
    [{ type: "addConsumer", consumer: { clientId: 5, groupId: "g" } }, { path: "consumer.clientId", detail: "type" }],
    [{ type: "createTopic", topic: { name: null } }, { path: "topic.name", detail: "type" }],
    [{ type: "alterProducer", clientId: "p", source: { keys: null } }, { path: "source.keys", detail: "type" }],
    [{ type: "alterProducer", clientId: "p", source: { keys: { kind: "range", from: 5, to: 1 } } }, { path: "source.keys.to", detail: "order" }],
    [{ type: "alterGroup", groupId: "g", configs: { "max.poll.records": "0" } }, { path: "configs.max.poll.records", detail: "min" }],
    [{ type: "createTopic", topic: { name: "t", configs: { "retention.ms": "soon" } } }, { path: "topic.configs.retention.ms", detail: "type" }],
    [{ type: "addGroup", group: { groupId: "g", topics: ["a", "a"] } }, { path: "group.topics.1", detail: "taken" }],
  ])("%j is refused with its place", (value, expected) => expect(problem(value)).toMatchObject({ reason: "invalid", ...expected }));

  it("with a field that this page does not know is newer", () => {
    expect(problem({ type: "deleteTopic", topic: "t", force: true })).toEqual({ reason: "newer", path: "force", detail: "unknownField", params: {} });
  });
});

describe("a value that does harm when it is looked at", () => {
  const throwing = new Proxy({}, { ownKeys: harm, get: harm, has: harm, getPrototypeOf: harm, getOwnPropertyDescriptor: harm });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const cyclic: Record<string, unknown> = { schemaVersion: 2, type: "createTopic" };
  Object.assign(cyclic, { layout: cyclic, topics: [cyclic], topic: cyclic, journal: [cyclic], name: cyclic });

  it.each([
    ["throws", throwing],
    ["throws further in", { schemaVersion: 2, type: "addGroup", group: throwing, topics: throwing, journal: throwing }],
    ["has been revoked", revoked.proxy],
    ["goes round", cyclic],
    ["has a getter that throws", Object.defineProperty({}, "schemaVersion", { enumerable: true, get: harm })],
  ])("%s: it is refused", (_what, value) => {
    for (const parse of [parseScenario, parseRun, parseCommand]) expect(parse(value)).toHaveProperty("problem");
  });
});

function harm(): never {
  throw new Error("harm");
}
