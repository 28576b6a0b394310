import { describe, expect, it } from "vitest";
import type { QueueSpec } from "../../../queue/clients/declarations";
import { bootCluster } from "../../../world/boot";
import type { Cluster } from "../../../world/cluster";
import { runUntil } from "../../../world/kernel/run";
import { addQueuePart } from "../../../world/queuePart";
import type { ReceiverSpec } from "../../../world/spec";
import { submit } from "../../../world/submit";
import { projectCluster } from "../../project";

addQueuePart();

const queue = (name: string, bindings: QueueSpec["bindings"] = []): QueueSpec => ({ name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings });
const receiver = (name: string, of: string, more: Partial<ReceiverSpec> = {}): ReceiverSpec => ({ name, queue: of, prefetchCount: 2, noAck: false, priority: 0, processing: { timeMs: 1000 }, ...more });

/** One source for a topic, a queue and a fanout, whose second subscriber comes late. */
function sameInput(): Cluster {
  const cluster = bootCluster({
    seed: 1,
    network: { latencyMs: 1, jitterMs: 0 },
    brokerConfigs: { "offsets.topic.replication.factor": 1 },
    topics: [{ name: "orders", partitions: 2, configs: {} }],
    producers: [
      {
        clientId: "checkout",
        topics: ["orders"],
        source: { ratePerSecond: 5, keys: { kind: "range", prefix: "k", from: 1, to: 3 }, valueSizeInBytes: 0 },
        configs: {},
        publishes: { targets: [{ exchange: "", routingKey: "q" }, { exchange: "f", routingKey: "" }], confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null },
      },
    ],
    groups: [],
    consumers: [],
    amqp: { exchanges: [{ name: "f", type: "fanout", durable: true }], queues: [queue("q"), queue("s1", [{ exchange: "f", routingKey: "" }])], receivers: [receiver("r1", "q"), receiver("r2", "q")] },
  });
  runUntil(cluster, 5_000_000);
  submit(cluster, { type: "declareQueue", queue: queue("s2", [{ exchange: "f", routingKey: "" }]) });
  runUntil(cluster, 10_000_000);
  return cluster;
}

describe("IMG-9 queues in the picture", () => {
  it("show what is ready, with whom the rest is, and what became of all", () => {
    const { queues, exchanges, receivers, producers, isAmqpUp } = projectCluster(sameInput());
    const sent = producers.get("checkout")?.sent ?? 0;
    const q = queues.get("q");
    const { queued = 0, processed = 0, here = 0, lost, neverGot } = q?.audit ?? {};
    expect(isAmqpUp).toBe(true);
    expect([queued, lost, neverGot]).toEqual([sent, 0, 0]);
    expect([queued, q?.removed]).toEqual([processed + here, processed]);
    expect((q?.readyCount ?? 0) + (q?.unackedCount ?? 0)).toBe(here);
    expect(q?.ready.map(({ sendNumber }) => sendNumber)).toEqual(Array.from({ length: 24 }, (_, at) => at + queued - (q?.readyCount ?? 0)));
    expect([receivers.get("r1")?.inWork?.sendNumber, receivers.get("r1")?.heldCount, receivers.get("r2")?.phase]).toEqual([expect.any(Number), 1, "receiving"]);
    expect(exchanges.get("f")).toMatchObject({ queues: ["s1", "s2"] });
  });

  it("tell what the late one never got", () => {
    const { queues, exchanges } = projectCluster(sameInput());
    const [early, late] = ["s1", "s2"].map((name) => queues.get(name)?.audit);
    expect(early).toMatchObject({ neverGot: 0 });
    expect(late?.neverGot).toBeGreaterThan(15);
    expect((late?.neverGot ?? 0) + (late?.queued ?? 0)).toBe(exchanges.get("f")?.reached);
  });

  it("mark what has come back, in its place, and a receiver that stands still", () => {
    const cluster = sameInput();
    submit(cluster, { type: "freezeReceiver", receiver: "r2", isFrozen: true });
    submit(cluster, { type: "removeReceiver", receiver: "r1", how: "kill" });
    const { queues, receivers } = projectCluster(cluster);
    const q = queues.get("q");
    expect(q?.ready.slice(0, 3).map(({ redelivered }) => redelivered)).toEqual([true, true, false]);
    expect(q?.ready.map(({ place }) => place)).toEqual((q?.ready ?? []).map(({ place }) => place).toSorted((one, other) => one - other));
    expect([receivers.has("r1"), receivers.get("r2")?.phase]).toEqual([false, "frozen"]);
  });

  it("are empty without a broker", () => {
    const { queues, exchanges, receivers, isAmqpUp } = projectCluster(bootCluster({ seed: 1, network: { latencyMs: 1, jitterMs: 0 }, brokerConfigs: {}, topics: [], producers: [], groups: [], consumers: [] }));
    expect([queues.size, exchanges.size, receivers.size, isAmqpUp]).toEqual([0, 0, 0, null]);
  });
});
