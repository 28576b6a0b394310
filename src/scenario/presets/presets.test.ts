import { describe, expect, it } from "vitest";
import type { ProducerSpec } from "../../core/world/spec";
import { intConfig } from "../../core/kafka/configs";
import { murmur2, toPositive } from "../../core/kafka/murmur2";
import type { Scenario } from "../scenario";
import { parseScenario } from "../schema";
import { orders } from "./orders";
import { presets } from "./presets";

const scenarios = new Map(await Promise.all(presets.map(async ({ id, load }) => [id, await load()] as const)));

function preset(id: string): Scenario {
  const scenario = scenarios.get(id);
  if (!scenario) throw new Error(`there is no preset ${id}`);
  return scenario;
}

/** How often each key comes, as parts of 1; null for records without a key. */
function keyShares({ source: { keys } }: ProducerSpec): ReadonlyMap<string, number> | null {
  if (keys.kind === "none") return null;
  if (keys.kind === "list") return new Map(keys.keys.map((key) => [key, 1 / keys.keys.length]));
  const others = keys.to - keys.from;
  const names = Array.from({ length: others + 1 }, (_, at) => `${keys.prefix}${keys.from + at}`);
  const hot = keys.kind === "skewed" ? keys.hotPercent / 100 : 1 / names.length;
  return new Map(names.map((name, at) => [name, at === 0 ? hot : (1 - hot) / others]));
}

function partitionOf(key: string, partitions: number): number {
  return toPositive(murmur2(new TextEncoder().encode(key))) % partitions;
}

/** Records a second that each partition of the scene's topic gets, in the mean. */
function partitionRates({ producers }: Scenario, partitions: number): number[] {
  const rates = new Array<number>(partitions).fill(0);
  for (const producer of producers) {
    const shares = keyShares(producer);
    const rate = producer.source.ratePerSecond;
    if (!shares) rates.forEach((sum, at) => (rates[at] = sum + rate / partitions));
    else for (const [key, share] of shares) rates[partitionOf(key, partitions)]! += rate * share;
  }
  return rates;
}

/** Work offered to each of `consumers` members by the range assignor, as parts of what it can do: above 1 its lag grows. */
function utilization(scenario: Scenario, groupId: string, consumers?: number, partitions = scenario.topics[0]!.partitions): number[] {
  const members = scenario.consumers.filter((consumer) => consumer.groupId === groupId);
  const count = consumers ?? members.length;
  const timeMs = members.at(-1)!.processing.timeMs;
  const rates = partitionRates(scenario, partitions);
  const extra = partitions % count;
  return Array.from({ length: count }, (_, at) => {
    const start = at * Math.floor(partitions / count) + Math.min(at, extra);
    const end = start + Math.floor(partitions / count) + (at < extra ? 1 : 0);
    return (rates.slice(start, end).reduce((sum, rate) => sum + rate, 0) * timeMs) / 1000;
  });
}

/** Work offered to the receivers of a queue together, as parts of what they can do, where none waits for the network. */
function loadOf({ producers, amqp }: Scenario, queue: string, receivers?: readonly string[]): number {
  const own = (amqp?.receivers ?? []).filter((receiver) => receiver.queue === queue && (receivers?.includes(receiver.name) ?? true));
  const from = new Set(["", ...(amqp?.queues.find(({ name }) => name === queue)?.bindings ?? []).map(({ exchange }) => exchange)]);
  const sent = producers.filter(({ publishes }) => publishes?.targets.some(({ exchange, routingKey }) => from.has(exchange) && (exchange !== "" || routingKey === queue)));
  const rate = sent.reduce((sum, { source }) => sum + source.ratePerSecond, 0);
  return rate / own.reduce((sum, { processing }) => sum + 1000 / processing.timeMs, 0);
}

/** Ms of one receiver that is sent a message only when it has acknowledged the one before: the way there and back is added to its work. */
function oneByOne({ network, amqp }: Scenario, name: string): number {
  return (amqp?.receivers.find((receiver) => receiver.name === name)?.processing.timeMs ?? NaN) + 2 * network.latencyMs + network.jitterMs;
}

const busiest = (parts: readonly number[]): number => Math.max(...parts);

describe("every preset", () => {
  it("has an id of its own, and the page opens on the orders", () => {
    expect(scenarios.size).toBe(presets.length);
    expect(preset("orders")).toBe(orders);
  });

  it.each([...scenarios])("%s is valid, its fields in the order of the schema", (_id, scenario) => {
    const parsed = parseScenario(scenario);
    expect(parsed).toEqual({ scenario });
    expect(JSON.stringify("scenario" in parsed && parsed.scenario)).toBe(JSON.stringify(scenario));
  });

  it.each([...scenarios])("%s is told in both languages", (_id, { name, description, labels }) => {
    for (const text of [name, description, ...Object.values(labels)]) {
      expect(text).toEqual({ en: expect.stringMatching(/^[ -~]+$/), ko: expect.stringMatching(/[가-힣]/) });
    }
  });

  it.each([...scenarios])("%s runs on one broker of each kind, without what is not simulated yet, and is small enough to be looked over", (_id, { brokerConfigs, producers, topics, groups, consumers, amqp }) => {
    expect(brokerConfigs["offsets.topic.replication.factor"]).toBe(1);
    expect(topics.length).toBeLessThanOrEqual(2);
    expect(topics.length + (amqp?.queues.length ?? 0)).toBeGreaterThan(0);
    expect(groups.length).toBeLessThanOrEqual(3);
    expect(amqp?.queues.length ?? 0).toBeLessThanOrEqual(3);
    expect(consumers.length + (amqp?.receivers.length ?? 0)).toBeLessThanOrEqual(6);
    for (const { configs } of producers) expect(configs["enable.idempotence"]).toBe(false);
  });
});

describe("what is offered and what can be done", () => {
  it("orders: two consumers share evenly, and each alone just keeps up, as it must when delivered as pub/sub", () => {
    const [first, second] = utilization(preset("orders"), "billing");
    expect(first).toBeCloseTo(second!, 6);
    const alone = busiest(utilization(preset("orders"), "billing", 1));
    expect(alone).toBeGreaterThan(0.8);
    expect(alone).toBeLessThan(0.95);
  });

  it("pubsub-two-groups: A falls behind, B does not, and a new group like B catches up alone", () => {
    const scenario = preset("pubsub-two-groups");
    expect(scenario.groups.map(({ groupId }) => groupId)).toEqual(["analytics", "billing"]);
    expect(busiest(utilization(scenario, "analytics"))).toBeGreaterThan(1.1);
    expect(busiest(utilization(scenario, "billing"))).toBeLessThan(0.5);
    expect(busiest(utilization(scenario, "billing", 1))).toBeLessThan(0.7);
  });

  it("queue-and-pubsub: a group of two and a group of four keep up", () => {
    const scenario = preset("queue-and-pubsub");
    expect(scenario.topics[0]?.partitions).toBe(4);
    expect(utilization(scenario, "billing")).toHaveLength(2);
    expect(utilization(scenario, "shipping")).toHaveLength(4);
    expect(busiest(utilization(scenario, "billing"))).toBeLessThan(0.9);
    expect(busiest(utilization(scenario, "shipping"))).toBeLessThan(0.9);
  });

  it("slow-consumer: lag grows with one, drains with two and sooner with four", () => {
    const scenario = preset("slow-consumer");
    expect(scenario.consumers).toHaveLength(1);
    expect(busiest(utilization(scenario, "billing"))).toBeGreaterThan(1.3);
    expect(busiest(utilization(scenario, "billing", 2))).toBeLessThan(0.8);
    expect(busiest(utilization(scenario, "billing", 4))).toBeLessThan(0.5);
  });

  it("more-consumers-than-partitions: two idle; a partition more and one of them works", () => {
    const idle = (partitions: number): number =>
      utilization(preset("more-consumers-than-partitions"), "billing", 6, partitions).filter((part) => part === 0).length;
    expect([idle(4), idle(5), idle(6)]).toEqual([2, 1, 0]);
    for (const partitions of [4, 5, 6]) expect(busiest(utilization(preset("more-consumers-than-partitions"), "billing", 6, partitions))).toBeLessThan(0.9);
  });

  it("keys-and-order: one more partition sends most keys elsewhere, and the consumers still keep up", () => {
    const scenario = preset("keys-and-order");
    const keys = [...keyShares(scenario.producers[0]!)!.keys()];
    const moved = keys.filter((key) => partitionOf(key, 4) !== partitionOf(key, 5));
    expect(moved.length).toBeGreaterThan(keys.length / 2);
    for (const partitions of [4, 5, 6]) expect(busiest(utilization(scenario, "billing", 2, partitions))).toBeLessThan(0.9);
  });

  it("sticky-partitioner: a partition is left every few records, and there is room for one more producer", () => {
    const scenario = preset("sticky-partitioner");
    const [producer] = scenario.producers;
    const recordsEach = intConfig("producer", producer!.configs, "batch.size") / producer!.source.valueSizeInBytes;
    expect(recordsEach).toBeGreaterThan(3);
    expect(recordsEach).toBeLessThan(12);
    expect(busiest(utilization(scenario, "analytics"))).toBeLessThan(0.7);
  });

  it("nightly-batch: one consumer reads faster than visits come", () => {
    // What a first consumer takes for a record.
    expect((preset("nightly-batch").producers[0]!.source.ratePerSecond * 500) / 1000).toBeLessThan(0.5);
  });

  it("topic-or-queue and same-input: every group keeps up, and so does one more like the last; so do the queues, or nearly so", () => {
    for (const [id, group] of [["topic-or-queue", "mailing"], ["same-input", "billing"]] as const) {
      const scenario = preset(id);
      for (const { groupId } of scenario.groups) expect(busiest(utilization(scenario, groupId))).toBeLessThan(0.95);
      expect(busiest(utilization(scenario, group))).toBeLessThan(0.95);
      for (const { name } of scenario.amqp!.queues) expect(loadOf(scenario, name)).toBeLessThan(1.15);
    }
  });

  it("receiver-dies: the hands of both are full, and hardly more than that waits", () => {
    expect(loadOf(preset("receiver-dies"), "orders.queue")).toBeGreaterThan(1.05);
    expect(loadOf(preset("receiver-dies"), "orders.queue")).toBeLessThan(1.2);
  });

  it("asynchronous-work: one receiver falls behind, two catch up", () => {
    expect(loadOf(preset("asynchronous-work"), "mails")).toBeGreaterThan(1.3);
    expect(loadOf(preset("asynchronous-work"), "mails") / 2).toBeLessThan(0.8);
  });

  it("late-subscriber and replay: who comes late has soon read what was before", () => {
    for (const [id, group] of [["late-subscriber", "charts"], ["replay", "billing"]] as const) {
      expect(busiest(utilization(preset(id), group, 1))).toBeLessThan(0.4);
      for (const { name } of preset(id).amqp!.queues) expect(loadOf(preset(id), name)).toBeLessThan(0.7);
    }
  });

  it("slow-receiver: half of all is too much for the slow one; where both get one at a time, they keep up together", () => {
    const scenario = preset("slow-receiver");
    const rate = scenario.producers[0]!.source.ratePerSecond;
    expect((rate / 2) * scenario.amqp!.receivers[1]!.processing.timeMs).toBeGreaterThan(2000);
    expect(rate / (1000 / oneByOne(scenario, "r1") + 1000 / oneByOne(scenario, "r2"))).toBeLessThan(0.9);
  });

  it("order-and-receivers: the fast one can do all alone, and the slow one takes longer than two messages of one key may be apart", () => {
    const scenario = preset("order-and-receivers");
    const rate = scenario.producers[0]!.source.ratePerSecond;
    expect((rate * oneByOne(scenario, "r1")) / 1000).toBeLessThan(0.95);
    expect(scenario.amqp!.receivers[1]!.processing.timeMs).toBeGreaterThan(1000 / rate + scenario.amqp!.receivers[0]!.processing.timeMs);
    expect(busiest(utilization(scenario, "billing"))).toBeLessThan(0.9);
  });

  it("broker-killed: something waits in each queue, and one of them is on disk", () => {
    const scenario = preset("broker-killed");
    for (const { name } of scenario.amqp!.queues) expect(loadOf(scenario, name)).toBeGreaterThan(1.1);
    expect(scenario.amqp!.queues.map(({ durable }) => durable)).toEqual([true, false]);
  });

  it("exactly-once: the one that dies first always has some to acknowledge, and the other can do all alone", () => {
    const scenario = preset("exactly-once");
    const [first] = scenario.amqp!.receivers;
    expect(first?.processing.settle).toBe("after");
    expect((scenario.producers[0]!.source.ratePerSecond / 2) * (first?.processing.timeMs ?? 0)).toBeGreaterThan(1200);
    expect(loadOf(scenario, "orders.queue", ["r2"])).toBeLessThan(0.9);
  });

  it("at-most-at-least-once: everybody is nearly always at work, and nobody falls behind for long", () => {
    const scenario = preset("at-most-at-least-once");
    const parts = [...scenario.groups.map(({ groupId }) => busiest(utilization(scenario, groupId))), ...scenario.amqp!.queues.map(({ name }) => loadOf(scenario, name))];
    for (const part of parts) {
      expect(part).toBeGreaterThan(0.85);
      expect(part).toBeLessThan(1);
    }
  });

  it("poison-record: without the poison both keep up, and catch up", () => {
    const scenario = preset("poison-record");
    expect(busiest(utilization(scenario, "billing"))).toBeLessThan(0.5);
    expect((scenario.producers[0]!.source.ratePerSecond * oneByOne(scenario, "r1")) / 1000).toBeLessThan(0.6);
  });

  it("services-with-dead-letters: both services keep up, also with what is tried again", () => {
    const scenario = preset("services-with-dead-letters");
    expect(busiest(utilization(scenario, "shipping"))).toBeLessThan(0.6);
    expect(busiest(utilization(scenario, "billing"))).toBeLessThan(0.4);
  });

  it("auto-commit-pool: the workers of both consumers are enough, and those of one just so", () => {
    const scenario = preset("auto-commit-pool");
    const [{ processing }] = scenario.consumers as [Scenario["consumers"][number]];
    const busy = (scenario.producers[0]!.source.ratePerSecond * processing.timeMs) / 1000 / (processing.workers ?? 1);
    expect(busy).toBeGreaterThan(0.8);
    expect(busy).toBeLessThan(1);
  });

  it("rebalance-protocols: both groups keep up", () => {
    for (const group of ["eager", "cooperative"]) expect(busiest(utilization(preset("rebalance-protocols"), group))).toBeLessThan(0.9);
  });
});
