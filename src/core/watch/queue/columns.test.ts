import { describe, expect, it } from "vitest";
import type { ColumnImage } from "../../picture/amqpImage";
import { projectCluster } from "../../picture/project";
import type { QueueSpec } from "../../queue/clients/declarations";
import { bootCluster } from "../../world/boot";
import type { Cluster } from "../../world/cluster";
import type { Command } from "../../world/command";
import { runUntil } from "../../world/kernel/run";
import { addQueuePart } from "../../world/queuePart";
import type { ClusterSpec, PublishesSpec, ReceiverSpec } from "../../world/spec";
import { submit } from "../../world/submit";

addQueuePart();

const queue = (name: string, more: Partial<QueueSpec> = {}): QueueSpec => ({ name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [], ...more });
const receiver = (name: string, of: string, more: Partial<ReceiverSpec> = {}): ReceiverSpec => ({ name, queue: of, prefetchCount: 1, noAck: false, priority: 0, processing: { timeMs: 300 }, ...more });
const ofFanout = { bindings: [{ exchange: "f", routingKey: "" }] };
const plain: PublishesSpec = { targets: [{ exchange: "", routingKey: "q" }, { exchange: "f", routingKey: "" }], confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null };

/** One source of four a second for a topic, a queue and a fanout; two consumers, two receivers, and one subscriber from the beginning. */
class SameInput {
  readonly cluster: Cluster;

  constructor({ publishes = {}, amqp = {}, ...changes }: Partial<Omit<ClusterSpec, "amqp">> & { readonly publishes?: Partial<PublishesSpec>; readonly amqp?: Partial<ClusterSpec["amqp"]> } = {}) {
    this.cluster = bootCluster({
      seed: 1,
      network: { latencyMs: 1, jitterMs: 0 },
      brokerConfigs: { "offsets.topic.replication.factor": 1 },
      topics: [{ name: "orders", partitions: 2, configs: {} }],
      producers: [{ clientId: "p", topics: ["orders"], source: { ratePerSecond: 4, keys: { kind: "range", prefix: "k", from: 1, to: 4 }, valueSizeInBytes: 0 }, configs: {}, publishes: { ...plain, ...publishes } }],
      groups: [{ groupId: "billing", topics: ["orders"], configs: { "auto.offset.reset": "earliest" } }],
      consumers: ["c1", "c2"].map((clientId) => ({ clientId, groupId: "billing", processing: { timeMs: 300 } })),
      amqp: { exchanges: [{ name: "f", type: "fanout", durable: true }], queues: [queue("q"), queue("s1", ofFanout)], receivers: [receiver("r1", "q"), receiver("r2", "q"), receiver("r3", "s1")], ...amqp },
      ...changes,
    });
  }

  run(ms: number): this {
    runUntil(this.cluster, this.cluster.nowUs + ms * 1000);
    return this;
  }

  give(command: Command): this {
    const problem = submit(this.cluster, command);
    if (problem) throw new Error(`refused: ${problem.reason}`);
    return this;
  }

  quiet(): this {
    return this.give({ type: "alterProducer", clientId: "p", source: { ratePerSecond: 0 } }).run(100);
  }

  column(id: string): ColumnImage {
    const found = projectCluster(this.cluster).columns.get(id);
    if (!found) throw new Error(`there is no column ${id}`);
    return found;
  }
}

function sumOf({ processed, inWork, waiting, setAside, lost, neverGot }: ColumnImage): number {
  return processed + inWork + waiting + setAside + lost + neverGot;
}

describe("AUD-11 groups and queues side by side", () => {
  it("have the same input, and say what became of it: sent is processed, in work, waiting, set aside, lost and never got", () => {
    const world = new SameInput().run(8000).give({ type: "declareQueue", queue: queue("s2", ofFanout) }).give({ type: "addReceiver", receiver: receiver("r4", "s2") }).run(3000).quiet();
    const columns = [...projectCluster(world.cluster).columns];
    expect(columns.map(([id]) => id)).toEqual(["group/billing", "queue/q", "queue/s1", "queue/s2"]);
    const [topic, q, , late] = columns.map(([, column]) => column);
    const sent = topic?.sent ?? 0;
    expect(sent).toBeGreaterThan(35);
    for (const [, column] of columns) expect([column.sent, sumOf(column), column.lost, column.twice]).toEqual([sent, sent, 0, 0]);
    expect(topic).toMatchObject({ neverGot: 0, readable: sent });
    expect(q).toMatchObject({ neverGot: 0, readable: 0 });
    expect(late?.neverGot).toBeGreaterThan(25);
    expect((late?.processed ?? 0) + (late?.inWork ?? 0) + (late?.waiting ?? 0)).toBeGreaterThan(5);
  });

  it("hold what was handed over apart from what waits", () => {
    const world = new SameInput({ consumers: [{ clientId: "c1", groupId: "billing", processing: { timeMs: 60_000 } }], groups: [{ groupId: "billing", topics: ["orders"], configs: { "auto.offset.reset": "earliest", "max.poll.records": 3 } }] });
    world.give({ type: "alterReceiver", receiver: "r1", processing: { timeMs: 60_000 } }).give({ type: "alterReceiver", receiver: "r2", processing: { timeMs: 60_000 } }).run(10_000).quiet();
    const [topic, q] = [world.column("group/billing"), world.column("queue/q")];
    // The loop has its first records, and each receiver its one.
    expect([topic.inWork, q.inWork]).toEqual([3, 2]);
    expect([topic.waiting, q.waiting]).toEqual([topic.sent - 3, q.sent - 2]);
  });

  it("count what a group has no position for as waiting, or, where it will begin at the end, as never got", () => {
    for (const [reset, field] of [["earliest", "waiting"], ["latest", "neverGot"]] as const) {
      const world = new SameInput({ consumers: [], groups: [{ groupId: "billing", topics: ["orders"], configs: { "auto.offset.reset": reset } }] }).run(3000).quiet();
      const { sent } = world.column("group/billing");
      expect(sent).toBeGreaterThan(8);
      expect(world.column("group/billing")).toMatchObject({ sent, processed: 0, inWork: 0, lost: 0, [field]: sent });
      world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "billing", processing: { timeMs: 1 } } }).run(9000);
      expect(world.column("group/billing")).toMatchObject({ sent, [reset === "latest" ? "neverGot" : "processed"]: sent, lost: 0 });
    }
  });

  it("know of a direct exchange which keys are meant for a queue, also where it is bound later", () => {
    const exchanges = [{ name: "d", type: "direct", durable: true }] as const;
    const world = new SameInput({ amqp: { exchanges, queues: [queue("q", { bindings: [{ exchange: "d", routingKey: "a" }] }), queue("other", { bindings: [{ exchange: "d", routingKey: "b" }] })], receivers: [] }, publishes: { targets: [{ exchange: "d", routingKey: "a" }] } }).run(3000);
    expect(world.column("queue/q").waiting).toBeGreaterThan(8);
    expect(world.column("queue/other")).toMatchObject({ sent: 0, neverGot: 0 });
    world.give({ type: "bindQueue", queue: "other", exchange: "d", routingKey: "a" });
    expect(world.column("queue/other").neverGot).toBe(world.column("queue/q").sent);
  });

  it("do not call lost what its publisher is about to publish again", () => {
    const full = new SameInput({ amqp: { queues: [queue("q", { arguments: { "x-max-length": 3, "x-overflow": "reject-publish" } }), queue("s1", ofFanout)], receivers: [] } }).run(5000);
    expect(full.column("queue/q")).toMatchObject({ lost: 0, neverGot: 0, waiting: full.column("queue/q").sent });
    const killed = new SameInput().run(2000);
    for (let turn = 0; turn < 30; turn++) {
      killed.give({ type: "stopAmqpBroker", how: "kill" });
      expect(killed.column("queue/q").lost).toBe(0);
      killed.give({ type: "startAmqpBroker" }).run(5103 + turn * 7);
    }
  });

  it("call set aside what a receiver has rejected into a dead-letter queue, or sent on; a queue for that alone has no column", () => {
    const bad = { failure: { how: "throw", percent: 100 } } as const;
    const rejects = { timeMs: 10, ...bad, rescue: { retries: 0, backoffMs: 0, giveUp: "reject" } } as const;
    const forwards = { timeMs: 10, ...bad, rescue: { retries: 0, backoffMs: 0, giveUp: "forward", topics: ["dead-2"] } } as const;
    const world = new SameInput({
      amqp: {
        queues: [queue("q", { arguments: { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead-1" } }), queue("s1", ofFanout), queue("dead-1"), queue("dead-2")],
        receivers: [receiver("r1", "q", { processing: rejects }), receiver("r3", "s1", { processing: forwards })],
      },
    }).run(5000).quiet();
    expect([...projectCluster(world.cluster).columns.keys()]).toEqual(["group/billing", "queue/q", "queue/s1"]);
    for (const id of ["queue/q", "queue/s1"]) expect(world.column(id)).toMatchObject({ setAside: world.column(id).sent, lost: 0, waiting: 0 });
  });

  it("call in work what a receiver has acknowledged and not worked on, and lost what dies with it", () => {
    const world = new SameInput({ amqp: { receivers: [receiver("r1", "q", { processing: { timeMs: 60_000, settle: "before" } }), receiver("r3", "s1", { noAck: true, processing: { timeMs: 60_000 } })] } }).run(5000).quiet();
    for (const [id, name] of [["queue/q", "r1"], ["queue/s1", "r3"]] as const) {
      const { sent } = world.column(id);
      expect(world.column(id)).toMatchObject({ inWork: sent, lost: 0, waiting: 0 });
      world.give({ type: "removeReceiver", receiver: name, how: "kill" }).run(10);
      expect(world.column(id)).toMatchObject({ inWork: 0, lost: sent });
    }
  });

  it("are not there without a queue", () => {
    const world = new SameInput({ amqp: { queues: [], receivers: [] } }).run(1000);
    expect(projectCluster(world.cluster).columns.size).toBe(0);
  });
});
