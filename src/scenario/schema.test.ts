import { describe, expect, it } from "vitest";
import { clusterLimits } from "../core/kafka/limits";
import { orders } from "./presets/orders";
import { parseRun, parseScenario } from "./schema";

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
  ])("with %s", (_what, path, value, otherPath, otherValue) => {
    const scenario = { ...(withValue(path, value) as object), [otherPath]: otherValue };
    expect(parseScenario(scenario)).toEqual({ scenario: JSON.parse(JSON.stringify(scenario)) });
  });
});

describe("what is no scenario", () => {
  it.each([
    ["text that is no JSON", "{", { reason: "notJson", path: "", detail: null, params: {} }],
    ["null", null, { reason: "invalid", path: "", detail: "type", params: { expected: "Object" } }],
    ["a list", [], { reason: "invalid", path: "", detail: "type", params: { expected: "Object" } }],
    ["no version", {}, { reason: "invalid", path: "schemaVersion", detail: "missing", params: {} }],
    ["version 0", { schemaVersion: 0 }, { reason: "invalid", path: "schemaVersion", detail: "whole", params: {} }],
    ["a later version, whatever else", { schemaVersion: 2 }, { reason: "newer", path: "schemaVersion", detail: null, params: { version: 2 } }],
  ])("%s", (_what, value, problem) => expect(problemOf(value)).toEqual(problem));

  it.each([
    ["seed", undefined, "missing", {}],
    ["sed", 1, "unknownField", {}],
    ["seed", "1", "type", { expected: "number" }],
    ["seed", 1.5, "whole", {}],
    ["seed", -1, "min", { min: 0 }],
    ["seed", 0x1_0000_0000, "max", { max: 0xffff_ffff }],
    ["startMs", Infinity, "max", { max: 600_000 }],
    ["startMs", NaN, "type", { expected: "number" }],
    ["speed", 0, "min", { min: 0.1 }],
    ["speed", 101, "max", { max: 100 }],
    ["verb", "win", "choice", { allowed: "addConsumer, addGroup, addPartition, addProducer, speedUpConsumer, switchMode" }],
    ["network", 5, "type", { expected: "Object" }],
    ["network.latencyMs", 5001, "max", { max: 5000 }],
    ["network.jitterMs", 0.5, "whole", {}],
    ["name", "x".repeat(201), "tooMany", { max: 200 }],
    ["topics.0.name", "a b", "name", {}],
    ["topics.0.name", "..", "name", {}],
    ["topics.0.name", "", "name", {}],
    ["topics.0.name", "__consumer_offsets", "name", {}],
    ["topics.0.name", "x".repeat(101), "tooMany", { max: 100 }],
    ["topics.0.partitions", 0, "min", { min: 1 }],
    ["topics.0.partitions", 65, "max", { max: 64 }],
    ["topics", copies(13, (at) => ({ name: `t${at}`, partitions: 1, configs: {} })), "tooMany", { max: 12 }],
    ["consumers", copies(65, (at) => ({ clientId: `k${at}`, groupId: "billing", processing: { timeMs: 1 } })), "tooMany", { max: 64 }],
    ["groups.0.groupId", "a\u0007", "name", {}],
    ["groups.0.groupId", "  ", "name", {}],
    ["producers.0.clientId", "admin", "name", {}],
    ["producers.0.source.ratePerSecond", 10_001, "max", { max: 10_000 }],
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
    ["producers.0.topics.0", "order", { path: "producers.0.topics.0", detail: "unknown", params: { kind: "topic", name: "order" } }],
    ["groups.0.topics", ["orders", "orders"], { path: "groups.0.topics.1", detail: "taken", params: { name: "orders" } }],
    ["consumers.1.groupId", "bill", { path: "consumers.1.groupId", detail: "unknown", params: { kind: "group", name: "bill" } }],
    ["consumers.1.clientId", "checkout", { path: "consumers.1.clientId", detail: "taken", params: { name: "checkout" } }],
    ["topics.1", { name: "orders", partitions: 1, configs: {} }, { path: "topics.1.name", detail: "taken" }],
    ["producers.0.source.keys.to", 0, { path: "producers.0.source.keys.to", detail: "order" }],
    ["producers.0.source.keys.to", 1001, { path: "producers.0.source.keys", detail: "tooMany", params: { max: clusterLimits.maxKeysPerProducer } }],
    ["producers.0.configs", { acks: "2" }, { path: "producers.0.configs.acks", detail: "choice", params: { name: "acks", allowed: "all, 1, 0" } }],
    ["producers.0.configs", { "linger.ms": "5" }, { detail: "type", params: { name: "linger.ms", expected: "long" } }],
    ["producers.0.configs", { linger: 5 }, { detail: "configUnknown", params: { name: "linger" } }],
    ["groups.0.configs", { "max.poll.records": 0 }, { detail: "min", params: { name: "max.poll.records", min: 1 } }],
    ["groups.0.configs", { "session.timeout.ms": 2000 }, { detail: "max", params: { name: "heartbeat.interval.ms", max: 1999, because: "session.timeout.ms" } }],
    ["groups.0.configs", { "group.protocol": "consumer", "session.timeout.ms": 9000 }, { detail: "configUnset", params: { because: "group.protocol" } }],
    ["topics.0.configs", { "retention.ms": -2 }, { path: "topics.0.configs.retention.ms", detail: "min" }],
    ["brokerConfigs", { "offsets.topic.num.partitions": 65 }, { path: "brokerConfigs.offsets.topic.num.partitions", detail: "max", params: { max: 64 } }],
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
