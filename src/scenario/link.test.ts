import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Command, StampedCommand } from "../core/cluster/command";
import type { ProducerSpec } from "../core/cluster/spec";
import type { Configs } from "../core/kafka/configs";
import { nextBelow, nextUint32, randomStream, type RandomStream } from "../core/sim/random";
import { decodeLink, encodeLink, type LinkProblem } from "./link";
import { dictionary1 } from "./packing/dictionary1";
import { sharedForm } from "./packing/sharedForm";
import { presets } from "./presets/presets";
import { orders } from "./presets/orders";
import { slowGroupConfigs, slowProducerConfigs } from "./presets/slowedForTheEye";
import type { Scenario, SharedScenario } from "./scenario";
import { parseScenario } from "./schema";
import { largeScenario } from "./testScenario";
import golden from "./vectors/link-t1.json";

function reasonOf(fragment: string): LinkProblem["reason"] | "no problem" {
  const decoded = decodeLink(fragment);
  return "problem" in decoded ? decoded.problem.reason : "no problem";
}

/** The link of a document that the schema may refuse. */
function linkOf(changed: object): string {
  return encodeLink({ scenario: { ...orders, ...changed } as Scenario, run: null });
}

describe("a link", () => {
  it.each(presets)("of the preset $id opens as exactly that", async ({ load }) => {
    const shared = { scenario: await load(), run: null };
    const decoded = decodeLink(encodeLink(shared));
    expect(decoded).toEqual({ shared });
    expect(JSON.stringify(decoded)).toBe(JSON.stringify({ shared }));
  });

  it("of any scenario and run opens as exactly that", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const shared = randomShared(seed);
      expect(parseScenario(shared.scenario), `seed ${seed}`).toEqual({ scenario: shared.scenario });
      const decoded = decodeLink(encodeLink(shared));
      expect(decoded, `seed ${seed}`).toEqual({ shared });
      expect(JSON.stringify(decoded)).toBe(JSON.stringify({ shared }));
    }
  });

  it("needs nothing but letters, digits, colon, dash and underscore", () => {
    for (let seed = 1; seed <= 20; seed++) expect(encodeLink(randomShared(seed))).toMatch(/^t1:[\w-]+$/);
  });

  it("of 5 producers, 3 topics, 4 groups and 12 consumers, all placed, has at most 1,000 characters", () => {
    const shared = { scenario: largeScenario(), run: null };
    const link = encodeLink(shared);
    expect(decodeLink(link)).toEqual({ shared });
    expect(link.length).toBeLessThanOrEqual(1000);
    const encodeMs = medianMs(() => encodeLink(shared));
    const decodeMs = medianMs(() => decodeLink(link));
    process.stdout.write(`link: ${link.length} characters, encoded in ${encodeMs.toFixed(2)} ms, decoded in ${decodeMs.toFixed(2)} ms\n`);
  });

  it("of codec t1 opens for ever", () => expect(decodeLink(golden.fragment)).toEqual({ shared: golden.shared }));

  it("of codec t1 keeps its dictionary for ever", () => {
    expect(createHash("sha256").update(dictionary1).digest("hex")).toBe("1fa83212eb1c7d6cb3423e18723723f7b208a9c82c62037676fb0a7afdbf2d85");
  });
});

describe("a link that is damaged says so", () => {
  const links = [encodeLink({ scenario: orders, run: null }), golden.fragment, encodeLink({ scenario: largeScenario(), run: null })];

  it("cut off, wherever", () => {
    for (const link of links) {
      expect(reasonOf("")).toBe("notALink");
      for (let length = 1; length < link.length; length++) expect(reasonOf(link.slice(0, length)), `${length} of ${link.length}`).toBe("cutOff");
    }
    expect(decodeLink(links[0]!.slice(0, -2))).toEqual({ problem: { reason: "cutOff", params: { missing: 2 } } });
  });

  it("corrupt, whichever character is another", () => {
    const random = randomStream(1, "flips");
    for (const link of links) {
      for (let at = 0; at < link.length; at++) {
        const others = `${ALPHABET}%. é한`.replace(link[at] as string, "");
        for (const other of [link[at] === "A" ? "B" : "A", others[nextBelow(random, others.length)]]) {
          const reason = reasonOf(link.slice(0, at) + other + link.slice(at + 1));
          if (at < "t1:".length) expect(["newer", "notALink"]).toContain(reason);
          else expect(reason, `${other} at ${at}`).toBe("corrupt");
        }
      }
    }
  });

  it("corrupt, when characters are added, left out, or change places", () => {
    for (const link of links) {
      expect(reasonOf(`${link}A`)).toBe("corrupt");
      expect(reasonOf(`${link}.`)).toBe("corrupt");
      for (let at = 3; at + 1 < link.length; at++) {
        expect(["corrupt", "cutOff"]).toContain(reasonOf(link.slice(0, at) + link.slice(at + 1)));
        const swapped = link.slice(0, at) + link[at + 1] + link[at] + link.slice(at + 2);
        if (swapped !== link) expect(reasonOf(swapped)).toBe("corrupt");
      }
    }
  });

  it("and never throws on noise", () => {
    const random = randomStream(2, "noise");
    for (let round = 0; round < 2000; round++) {
      const noise = Array.from({ length: nextBelow(random, 80) }, () => ALPHABET[nextBelow(random, 64)]).join("");
      expect(["cutOff", "corrupt"]).toContain(reasonOf(`t1:${noise}`));
    }
  });
});

describe("a link that does not open for another reason", () => {
  it.each(["section-2", "T1:AAAA", "preset:orders", "한글", ":", "t:AAAA"])("%s is none", (fragment) => expect(reasonOf(fragment)).toBe("notALink"));
  it("is of a codec to come", () => expect(decodeLink("t2:AAAA")).toEqual({ problem: { reason: "newer", params: { codec: "t2" } } }));
  it("is of a schema to come", () => {
    expect(decodeLink(linkOf({ schemaVersion: 2 }))).toEqual({ problem: { reason: "newer", params: { version: 2 } } });
  });
  it("holds what is not allowed", () => {
    expect(decodeLink(linkOf({ seed: -1 }))).toEqual({ problem: { reason: "invalid", params: { path: "seed", detail: "min", min: 0 } } });
    const run = { engineVersion: 1, timeUs: 5, eventCount: 1, journal: [{ timeUs: 6, eventCount: 1, command: { type: "deliverAs", mode: "queue" } }] } as const;
    expect(decodeLink(encodeLink({ scenario: orders, run }))).toEqual({ problem: { reason: "invalid", params: { path: "journal.1", detail: "order" } } });
  });
  it("has another form than its codec", () => {
    expect(decodeLink(linkOf({ verb: "win" }))).toEqual({ problem: { reason: "invalid", params: { path: "", detail: "type", expected: "Object" } } });
    expect(reasonOf(linkOf({ name: 5 }))).toBe("invalid");
    for (const json of [null, 5, "[]", [], [[], 0], [[], 0, 0], [[2], 0], { scenario: 1 }]) expect(() => sharedForm.unpack(json)).toThrow(TypeError);
  });
  it("is small, and would become large", () => {
    const link = linkOf({ description: "a".repeat(3_000_000) });
    expect(link.length).toBeLessThan(10_000);
    expect(decodeLink(link)).toEqual({ problem: { reason: "invalid", params: { path: "description", detail: "tooMany", max: 2000 } } });
  });
  it("is too long", () => expect(decodeLink(`t1:${"A".repeat(200_000)}`)).toMatchObject({ problem: { reason: "invalid", params: { detail: "tooMany", max: 200_000 } } }));
});

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function medianMs(work: () => void): number {
  const times = Array.from({ length: 41 }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return times.sort((one, other) => one - other)[20] ?? 0;
}

// ---- Scenarios of all shapes, from a seed.

function randomShared(seed: number): SharedScenario {
  const random = randomStream(seed, "shared");
  const scenario = randomScenario(random);
  if (seed % 3 === 0) return { scenario, run: null };
  let timeUs = 0;
  let eventCount = 0;
  const journal = many(random, 40, (): StampedCommand => {
    timeUs += nextBelow(random, 3_000_000_000);
    eventCount += nextBelow(random, 5000);
    return { timeUs, eventCount, command: randomCommand(random) };
  });
  return { scenario, run: { engineVersion: 1 + nextBelow(random, 9), timeUs: timeUs + nextBelow(random, 9), eventCount, journal } };
}

function randomScenario(random: RandomStream): Scenario {
  const topics = many(random, 12, (at) => ({ name: `${"a-Z_9."[at % 6]}topic${at}`, partitions: 1 + nextBelow(random, 64), configs: pick(random, topicConfigs) }));
  const some = (): string[] => topics.map(({ name }) => name).filter(() => nextBelow(random, 2) === 0);
  const groups = many(random, 16, (at) => ({ groupId: `${text(random)}g${at}`, topics: some(), configs: pick(random, groupConfigs) }));
  const producers = many(random, 24, (at) => ({ ...randomProducer(random, `p${at}`), topics: some() }));
  const consumers = groups.length === 0 ? [] : many(random, 64, (at) => ({ clientId: `${text(random)}c${at}`, groupId: pick(random, groups).groupId, processing: { timeMs: number(random, 600_000) } }));
  const entity = (): string => `${pick(random, ["producer", "topic", "group", "consumer"])}:${text(random)}x`;
  return {
    schemaVersion: 1,
    name: pick(random, [text(random), { en: text(random), ko: text(random) }]),
    description: { en: text(random), ko: text(random) },
    seed: nextUint32(random),
    network: { latencyMs: nextBelow(random, 5001), jitterMs: nextBelow(random, 5001) },
    brokerConfigs: pick(random, [{}, orders.brokerConfigs, { "message.max.bytes": null }]),
    topics,
    producers,
    groups,
    consumers,
    startMs: number(random, 600_000),
    speed: pick(random, [0.1, 1, 2.5, 100]),
    verb: pick(random, ["addConsumer", "addGroup", "addPartition", "addProducer", "speedUpConsumer", "switchMode"]),
    layout: Object.fromEntries(many(random, 40, () => [entity(), { x: number(random, 4000) - 2000, y: number(random, 900) }])),
    labels: Object.fromEntries(many(random, 40, () => [entity(), pick(random, [text(random), { en: text(random), ko: text(random) }])])),
  };
}

function randomCommand(random: RandomStream): Command {
  const clientId = `${text(random)}k`;
  const configs = pick(random, groupConfigs);
  return pick<Command>(random, [
    { type: "createTopic", topic: { name: "new.topic", partitions: 1 + nextBelow(random, 64), configs: pick(random, topicConfigs) } },
    { type: "deleteTopic", topic: "t" },
    { type: "createPartitions", topic: "t", count: 1 + nextBelow(random, 64) },
    { type: "alterTopicConfigs", topic: "t", configs: pick(random, topicConfigs) },
    { type: "addProducer", producer: randomProducer(random, clientId) },
    { type: "removeProducer", clientId },
    { type: "alterProducer", clientId },
    { type: "alterProducer", clientId, topics: ["t"], source: randomProducer(random, "").source },
    { type: "alterProducer", clientId, source: { ratePerSecond: number(random, 100) } },
    { type: "alterProducer", clientId, configs: { acks: "0", "linger.ms": null } },
    { type: "addGroup", group: { groupId: clientId, topics: [], configs } },
    { type: "removeGroup", groupId: clientId },
    { type: "alterGroup", groupId: clientId, topics: [] },
    { type: "alterGroup", groupId: clientId, configs },
    { type: "addConsumer", consumer: { clientId, groupId: "g", processing: { timeMs: number(random, 1000) } } },
    { type: "removeConsumer", clientId, how: pick(random, ["close", "crash"]) },
    { type: "moveConsumer", clientId, groupId: "g" },
    { type: "alterConsumer", clientId, processing: { timeMs: 0 } },
    { type: "deliverAs", mode: pick(random, ["queue", "pubsub"]) },
  ]);
}

function randomProducer(random: RandomStream, clientId: string): ProducerSpec {
  const keys = pick<ProducerSpec["source"]["keys"]>(random, [
    { kind: "none" },
    { kind: "list", keys: ["", ...many(random, 30, () => text(random))] },
    { kind: "range", prefix: text(random), from: -5, to: nextBelow(random, 900) },
    { kind: "skewed", prefix: "", from: 0, to: 999, hotPercent: nextBelow(random, 101) },
  ]);
  return { clientId, topics: [], source: { ratePerSecond: number(random, 10_000), keys, valueSizeInBytes: nextBelow(random, 1_000_001) }, configs: pick(random, producerConfigs) };
}

const topicConfigs: readonly Configs[] = [{}, { "retention.ms": null }, { "cleanup.policy": "compact,delete", "retention.bytes": -1 }, { "message.timestamp.before.max.ms": Number.MAX_SAFE_INTEGER }];
const groupConfigs: readonly Configs[] = [{}, slowGroupConfigs, { "enable.auto.commit": false, "group.protocol": null }];
const producerConfigs: readonly Configs[] = [{}, slowProducerConfigs, { acks: "-1", "enable.idempotence": true, "linger.ms": null }];

function pick<Value>(random: RandomStream, values: readonly Value[]): Value {
  return values[nextBelow(random, values.length)] as Value;
}

function many<Value>(random: RandomStream, most: number, make: (at: number) => Value): Value[] {
  return Array.from({ length: nextBelow(random, most + 1) }, (_, at) => make(at));
}

/** Often a fraction with all its digits. */
function number(random: RandomStream, below: number): number {
  return nextBelow(random, 2) === 0 ? nextBelow(random, below) : (nextUint32(random) / 0x1_0000_0000) * below;
}

/** A few odd words, a lone half of a surrogate pair and what JSON, HTML and addresses care about among them. */
function text(random: RandomStream): string {
  return many(random, 5, () => pick(random, ["주문 ", "결제", "a", '"', "\\", "<b>", "&#", "🚚", "\ud83d", "é", "e\u0301", "\u2028", "%2F", "__proto__", "한글\u200b", "]", "0"])).join("");
}
