import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { booleanConfig, configDefinition, configDefinitions, configValue, formatConfigValue, intConfig, listConfig, parseConfigs, parseConfigValue, stringConfig, validateConfig, validateConfigs, type Configs } from "./configs";
import type { ConfigScope } from "./configTable";
import { deliveryTimeoutMs, idempotenceEnabled } from "./producerConfigs";
import recorded from "./vectors/config-defaults.json";

const scopes: readonly ConfigScope[] = ["producer", "consumer", "topic", "broker"];
const all = scopes.flatMap((scope) => configDefinitions(scope).map((definition) => ({ ...definition, label: `${scope} ${definition.name}` })));

describe("a config that is not simulated", () => {
  const code = sourcesOf(new URL("../", import.meta.url)).join("\n");

  it.each(all.filter(({ choices }) => choices?.length !== 0))("is said to be idle, and no other is: $label", ({ name, isIdle }) => {
    // Rules about a whole set of configs look at some of them; that alone is no effect.
    const isRead = code.includes(`"${name}"`);
    if (isIdle !== true) expect(isRead).toBe(true);
  });
});

/** The core's code but for tests and the table. */
function sourcesOf(folder: URL): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return sourcesOf(new URL(`${entry.name}/`, folder));
    return !entry.name.endsWith(".ts") || /test|Table|randomWorld|^configs\.ts/i.test(entry.name) ? [] : [readFileSync(new URL(entry.name, folder), "utf8")];
  });
}

/** Kafka prints lists in brackets, and assignors by their class. */
function unbracketed(printed: string | null): string | null {
  return (
    printed
      ?.replace(/^\[(.*)\]$/, "$1")
      .replace("class org.apache.kafka.clients.consumer.RangeAssignor", "range")
      .replace("class org.apache.kafka.clients.consumer.CooperativeStickyAssignor", "cooperative-sticky")
      .replaceAll(", ", ",") ?? null
  );
}

describe("definitions", () => {
  it.each(all)("CFG-1 $label has Kafka's default", ({ scope, name, defaultValue }) => {
    const defaults: Readonly<Record<string, string | number | boolean | null>> = recorded[scope];
    const theirs = defaults[name];
    expect(theirs).not.toBeUndefined();
    expect(formatConfigValue(defaultValue)).toBe(unbracketed(formatConfigValue(theirs ?? null)));
  });

  it.each(all)("CFG-2 $label has what its type needs, and a valid default", ({ scope, name, type, defaultValue, min, max, choices }) => {
    const isNumber = type === "int" || type === "long";
    expect([min, max].filter((bound) => bound !== undefined)).toHaveLength(isNumber ? 2 : 0);
    expect(choices !== undefined).toBe(type === "choice" || type === "list");
    expect(validateConfig(scope, name, defaultValue)).toBeNull();
  });

  const numbers = all.flatMap(({ scope, name, label, min, max }) =>
    min !== undefined && max !== undefined ? [{ scope, name, label, min, max }] : [],
  );

  it.each(numbers)("CFG-2 $label is $min to $max", ({ scope, name, min, max }) => {
    expect(validateConfig(scope, name, min)).toBeNull();
    expect(validateConfig(scope, name, min - 1)).toEqual({ reason: "min", min });
    expect(validateConfig(scope, name, max)).toBeNull();
    expect(validateConfig(scope, name, max + 1)).toEqual({ reason: "max", max });
  });

  it("CFG-2 every name stands once in its scope", () => {
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
  });
});

describe("one value", () => {
  it("CFG-2 refuses wrong types and unknown names, and says what is allowed", () => {
    expect(validateConfig("producer", "linger.ms", "5")).toEqual({ reason: "type", type: "long" });
    expect(validateConfig("producer", "linger.ms", 0.5)).toEqual({ reason: "type", type: "long" });
    expect(validateConfig("producer", "linger.ms", Number.NaN)).toEqual({ reason: "type", type: "long" });
    expect(validateConfig("producer", "enable.idempotence", "true")).toEqual({ reason: "type", type: "boolean" });
    expect(validateConfig("producer", "acks", 1)).toEqual({ reason: "type", type: "choice" });
    expect(validateConfig("producer", "acks", "2")).toEqual({ reason: "choice", choices: ["all", "1", "0"] });
    expect(validateConfig("producer", "toString", "x")).toEqual({ reason: "unknown" });
    expect(validateConfig("producer", "acks", "toString")?.reason).toBe("choice");
    expect(validateConfig("consumer", "acks", "all")).toEqual({ reason: "unknown" });
    expect(validateConfig("topic", "segment.bytes", 1024)).toEqual({ reason: "min", min: 1_048_576 });
  });

  it("CFG-2 a list may have any of its choices, in any order", () => {
    expect(validateConfig("consumer", "partition.assignment.strategy", "sticky, range")).toBeNull();
  });

  it.each(["", "range,", "range,range", "uniform"])("CFG-2 a list has at least one entry, each allowed and none twice: not '%s'", (wrong) => {
    const name = "partition.assignment.strategy";
    const choices = configDefinition("consumer", name)?.choices;
    expect(validateConfig("consumer", name, wrong)).toEqual({ reason: "choice", choices });
  });

  it("CFG-3 acks=-1 is acks=all", () => {
    expect(validateConfig("producer", "acks", "-1")).toBeNull();
    expect(stringConfig("producer", { acks: "-1" }, "acks")).toBe("all");
    expect(validateConfig("producer", "acks", "constructor")).toMatchObject({ reason: "choice" });
    expect(stringConfig("producer", { acks: "constructor" }, "acks")).toBe("constructor");
  });

  it("CFG-3 the value in effect is the changed one, else the default; null is the default", () => {
    const configs: Configs = { "max.poll.records": 10, "auto.offset.reset": null };
    expect(intConfig("consumer", configs, "max.poll.records")).toBe(10);
    expect(intConfig("consumer", {}, "max.poll.records")).toBe(500);
    expect(stringConfig("consumer", configs, "auto.offset.reset")).toBe("latest");
    expect(booleanConfig("consumer", { "enable.auto.commit": false }, "enable.auto.commit")).toBe(false);
    const strategy = "partition.assignment.strategy";
    expect(listConfig("consumer", { [strategy]: "sticky, range" }, strategy)).toEqual(["sticky", "range"]);
    expect(configValue("producer", {}, "partitioner.class")).toBeNull();
    expect(() => configValue("consumer", {}, "max.poll.record")).toThrow("max.poll.record");
    expect(() => intConfig("consumer", {}, "auto.offset.reset")).toThrow("not a number");
    expect(() => booleanConfig("consumer", {}, "max.poll.records")).toThrow("not a boolean");
    expect(() => stringConfig("consumer", {}, "max.poll.records")).toThrow("not a string");
  });

  it.each(all)("CFG-4 $label is printed and read again", ({ scope, name, defaultValue }) => {
    expect(parseConfigValue(scope, name, formatConfigValue(defaultValue))).toBe(defaultValue);
  });

  it("CFG-4 reads what Kafka's tools send", () => {
    expect(parseConfigValue("topic", "retention.ms", " -1 ")).toBe(-1);
    expect(parseConfigValue("broker", "auto.create.topics.enable", "FALSE")).toBe(false);
  });

  it.each([
    ["retention.ms", "1e3", "type"],
    ["retention.ms", "", "type"],
    ["retention.ms", "soon", "type"],
    ["retention.ms", "99999999999999999999", "max"],
    ["no.such", "1", "unknown"],
  ])("CFG-4 what cannot be read is left to be refused: %s=%s", (name, text, reason) => {
    expect(validateConfig("topic", name, parseConfigValue("topic", name, text))).toMatchObject({ reason });
  });
});

describe("configs as people have them", () => {
  const classes = "org.apache.kafka.clients.consumer";
  it.each<[ConfigScope, Configs, Configs]>([
    ["topic", { "retention.ms": "604800000", "min.insync.replicas": " 2 ", "cleanup.policy": "compact, delete" }, { "retention.ms": 604_800_000, "min.insync.replicas": 2, "cleanup.policy": "compact,delete" }],
    ["producer", { "enable.idempotence": "false", acks: "-1", "linger.ms": 5, retries: null }, { "enable.idempotence": false, acks: "all", "linger.ms": 5, retries: null }],
    ["consumer", { "partition.assignment.strategy": `${classes}.CooperativeStickyAssignor` }, { "partition.assignment.strategy": "cooperative-sticky" }],
    ["consumer", { "partition.assignment.strategy": ` ${classes}.RangeAssignor, sticky,${classes}.RoundRobinAssignor` }, { "partition.assignment.strategy": "range,sticky,roundrobin" }],
  ])("CFG-9 %s: %j", (scope, given, typed) => {
    expect(parseConfigs(scope, given)).toEqual(typed);
    expect(validateConfigs(scope, parseConfigs(scope, given))).toEqual([]);
  });

  it("CFG-9 what cannot be read stays, and is refused by its name", () => {
    const given = JSON.parse('{"retention.ms":"soon","__proto__":"1","constructor":"2"}') as Configs;
    expect(validateConfigs("topic", parseConfigs("topic", given)).map(({ name, problem: { reason } }) => [name, reason])).toEqual([
      ["retention.ms", "type"],
      ["__proto__", "unknown"],
      ["constructor", "unknown"],
    ]);
    expect(validateConfig("producer", "partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner")?.reason).toBe("choice");
  });

  it("CFG-9 a class name is the assignor also where nobody has turned it into one", () => {
    const strategy = "partition.assignment.strategy";
    expect(listConfig("consumer", { [strategy]: `${classes}.StickyAssignor` }, strategy)).toEqual(["sticky"]);
    expect(validateConfig("consumer", strategy, `range,${classes}.RangeAssignor`)?.reason).toBe("choice");
  });
});

describe("values together", () => {
  it.each(scopes)("CFG-5 defaults of a %s go together", (scope) => {
    expect(validateConfigs(scope, {})).toEqual([]);
  });

  it("CFG-5 values that are wrong on their own come first", () => {
    expect(validateConfigs("consumer", { "heartbeat.interval.ms": 60_000, "max.poll.records": 0, x: 1 })).toEqual([
      { name: "max.poll.records", problem: { reason: "min", min: 1 }, because: [] },
      { name: "x", problem: { reason: "unknown" }, because: [] },
    ]);
  });

  it("CFG-6 a delivery timeout that was set must cover linger and request timeout; the default is raised", () => {
    const configs = { "linger.ms": 100_000 };
    expect(validateConfigs("producer", configs)).toEqual([]);
    expect(deliveryTimeoutMs(configs)).toBe(130_000);
    expect(deliveryTimeoutMs({})).toBe(120_000);
    expect(validateConfigs("producer", { "delivery.timeout.ms": 30_005 })).toEqual([]);
    expect(validateConfigs("producer", { "delivery.timeout.ms": 30_004 })).toEqual([
      { name: "delivery.timeout.ms", problem: { reason: "min", min: 30_005 }, because: ["linger.ms", "request.timeout.ms"] },
    ]);
  });

  it("CFG-7 idempotence gives way to acks and retries, unless it was asked for", () => {
    expect(idempotenceEnabled({})).toBe(true);
    expect(idempotenceEnabled({ acks: "-1" })).toBe(true);
    for (const changed of [{ acks: "1" }, { retries: 0 }]) {
      expect(validateConfigs("producer", changed)).toEqual([]);
      expect(idempotenceEnabled(changed)).toBe(false);
    }
    expect(validateConfigs("producer", { acks: "0", retries: 0, "enable.idempotence": true })).toEqual([
      { name: "acks", problem: { reason: "choice", choices: ["all"] }, because: ["enable.idempotence"] },
      { name: "retries", problem: { reason: "min", min: 1 }, because: ["enable.idempotence"] },
    ]);
  });

  it("CFG-7 more than five requests in flight need idempotence to be off", () => {
    const name = "max.in.flight.requests.per.connection";
    expect(validateConfigs("producer", { [name]: 6 })).toEqual([{ name, problem: { reason: "max", max: 5 }, because: ["enable.idempotence"] }]);
    expect(validateConfigs("producer", { [name]: 6, "enable.idempotence": false })).toEqual([]);
  });

  it("CFG-8 the heartbeat interval is below the session timeout", () => {
    expect(validateConfigs("consumer", { "session.timeout.ms": 3001 })).toEqual([]);
    expect(validateConfigs("consumer", { "session.timeout.ms": 3000 })).toEqual([
      { name: "heartbeat.interval.ms", problem: { reason: "max", max: 2999 }, because: ["session.timeout.ms"] },
    ]);
  });

  it("CFG-8 group.protocol=consumer leaves assignor and timeouts to the broker", () => {
    const configs = { "group.protocol": "consumer", "session.timeout.ms": 3000, "heartbeat.interval.ms": null };
    expect(validateConfigs("consumer", configs)).toEqual([
      { name: "session.timeout.ms", problem: { reason: "unset" }, because: ["group.protocol"] },
    ]);
  });
});
