import { describe, expect, it } from "vitest";
import type { QueueSpec } from "../../../queue/clients/declarations";
import { isAmqpBroker } from "../../../queue/broker/amqpBroker";
import { isPublisher, type Publisher } from "../../../queue/clients/publisher";
import { isReceiver, type Receiver } from "../../../queue/clients/receiver";
import { queueAudit, type QueueAudit } from "../../../watch/queue/amqpWatch";
import { bootCluster } from "../../boot";
import { actorsOf, clientOf, copyCluster, type Cluster } from "../../cluster";
import type { Command } from "../../command";
import { breakConnection } from "../../kernel/disconnect";
import { runUntil } from "../../kernel/run";
import type { AmqpSpec, PublishesSpec, ReceiverSpec } from "../../spec";
import { addQueuePart } from "../../queuePart";
import { submit } from "../../submit";

addQueuePart();

const plainQueue: QueueSpec = { name: "q", durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] };
const plainPublishes: PublishesSpec = { targets: [{ exchange: "", routingKey: "q" }], confirms: false, mandatory: false, persistent: true, expirationMs: null, priority: null };
const receiver = (name: string, changes: Partial<ReceiverSpec> = {}): ReceiverSpec => ({ name, queue: "q", prefetchCount: 0, noAck: false, priority: 0, processing: { timeMs: 0 }, ...changes });

/** A world one millisecond wide: a producer `p` that publishes ten messages a second to `q`. */
class QueueWorld {
  readonly cluster: Cluster;

  constructor({ amqp = {}, publishes = {}, topics = [] }: { readonly amqp?: Partial<AmqpSpec>; readonly publishes?: Partial<PublishesSpec>; readonly topics?: readonly string[] } = {}) {
    this.cluster = bootCluster({
      seed: 1,
      network: { latencyMs: 1, jitterMs: 0 },
      brokerConfigs: { "offsets.topic.replication.factor": 1 },
      topics: topics.map((name) => ({ name, partitions: 1, configs: {} })),
      producers: [{ clientId: "p", topics, source: { ratePerSecond: 10, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: {}, publishes: { ...plainPublishes, ...publishes } }],
      groups: [],
      consumers: [],
      amqp: { exchanges: [], queues: [plainQueue], receivers: [], ...amqp },
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

  audit(queue = "q"): QueueAudit {
    if (!this.cluster.watch.amqp) throw new Error("nobody watches");
    return queueAudit(this.cluster.watch.amqp, queue);
  }

  ready(queue = "q"): number | undefined {
    for (const [, broker] of actorsOf(this.cluster, isAmqpBroker)) return broker.queues.get(queue)?.ready.count;
    return undefined;
  }

  publisher(): Publisher {
    for (const [, publisher] of actorsOf(this.cluster, isPublisher)) return publisher;
    throw new Error("nobody publishes");
  }

  receiver(name: string): Receiver {
    const found = clientOf(this.cluster, isReceiver, name);
    if (!found) throw new Error(`there is no receiver ${name}`);
    return found.client;
  }

  idOf(name: string): number {
    return this.cluster.actorsByClientId.get(name) ?? -1;
  }

  broker(): number {
    for (const [id] of actorsOf(this.cluster, isAmqpBroker)) return id;
    return -1;
  }

  stop(): this {
    return this.give({ type: "alterProducer", clientId: "p", source: { ratePerSecond: 0 } }).run(100);
  }
}

describe("one record source feeds a topic, a queue and a fanout at once", () => {
  it("and each record has one number everywhere", () => {
    const exchanges = [{ name: "f", type: "fanout", durable: true }] as const;
    const queues = [plainQueue, { ...plainQueue, name: "copy", bindings: [{ exchange: "f", routingKey: "" }] }];
    const targets = [{ exchange: "", routingKey: "q" }, { exchange: "f", routingKey: "" }];
    const world = new QueueWorld({ amqp: { exchanges, queues, receivers: [receiver("r")] }, publishes: { targets }, topics: ["orders"] }).run(5000).stop();
    const sent = world.publisher().published / 2;
    expect(sent).toBeGreaterThan(40);
    expect(world.audit("copy").queued).toBe(sent);
    expect(world.audit("q")).toMatchObject({ queued: sent, processed: sent, here: 0, lost: 0, twice: 0 });
    expect(world.ready("copy")).toBe(sent);
    const stored = [...(world.cluster.watch.actual.logs.get(1)?.values() ?? [])].find(({ topic }) => topic === "orders");
    expect(stored?.logEndOffset).toBe(sent);
  });

  it("also where the queue comes later", () => {
    const world = new QueueWorld({ amqp: { queues: [] } }).run(1000);
    world.give({ type: "declareQueue", queue: plainQueue }).run(1000).stop();
    expect(world.audit().queued).toBeGreaterThan(5);
    expect(world.publisher().published).toBeGreaterThan(world.audit().queued);
  });
});

describe("AMQ-16 a publisher", () => {
  it("with confirms publishes again what nobody has confirmed: it is there twice, and neither is flagged", () => {
    const world = new QueueWorld({ publishes: { confirms: true } }).run(1000);
    // The confirm of the next one is lost on its way.
    while (world.publisher().unconfirmed.size === 0) world.run(1);
    world.run(1);
    breakConnection(world.cluster, [...world.cluster.publishers.values()][0] as number, world.broker(), 0);
    world.run(6000).stop();
    const { published, confirmed } = world.publisher();
    expect(world.publisher().unconfirmed.size).toBe(0);
    expect(confirmed).toBe(published - 1);
    expect(world.ready()).toBe(world.audit().queued + 1);
    world.give({ type: "addReceiver", receiver: receiver("r") }).run(100);
    expect(world.audit()).toMatchObject({ twice: 1, lost: 0 });
  });

  it("without them loses what it publishes while nobody is connected", () => {
    const world = new QueueWorld().run(1000);
    breakConnection(world.cluster, [...world.cluster.publishers.values()][0] as number, world.broker(), 0);
    world.run(3000).stop();
    expect(world.publisher().failed).toBeGreaterThan(20);
    expect(world.publisher().published).toBeLessThan(15);
  });
});

describe("AMQ-16 an exchange that is deleted", () => {
  const exchanges = [{ name: "f", type: "fanout", durable: true }] as const;
  const queues = [plainQueue, { ...plainQueue, name: "copy", bindings: [{ exchange: "f", routingKey: "" }] }];
  const both = [{ exchange: "", routingKey: "q" }, { exchange: "f", routingKey: "" }];

  it.each([[both, 1], [both.slice(1), 0]])("is published to no more: what was on its way is refused once, and what else there is goes on", (targets, left) => {
    const world = new QueueWorld({ amqp: { exchanges, queues }, publishes: { targets, confirms: true } }).run(1000);
    // A message is on its way to it.
    while (world.publisher().unconfirmed.size === 0) world.run(1);
    world.give({ type: "deleteExchange", exchange: "f" }).run(20_000);
    expect(world.cluster.topology.producers.get("p")?.publishes?.targets ?? []).toEqual(both.slice(0, left));
    const publishers = Array.from(actorsOf(world.cluster, isPublisher), ([, { session, again, unconfirmed }]) => [session.state, session.refusal, again.length + unconfirmed.size]);
    expect(publishers).toEqual(left ? [["open", null, 0]] : []);
    expect(world.audit("q").queued).toBe(left ? world.publisher().confirmed - world.audit("copy").queued : 0);
  });
});

describe("AMQ-17 and AMQ-18 a receiver", () => {
  it("that is killed has lost nothing that it had not acknowledged", () => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { processing: { timeMs: 500 } })] } }).run(3000).stop();
    expect(world.audit().here).toBeGreaterThan(10);
    world.give({ type: "removeReceiver", receiver: "r", how: "kill" }).give({ type: "addReceiver", receiver: receiver("s") }).run(100);
    expect(world.audit()).toMatchObject({ here: 0, lost: 0 });
  });

  it("with automatic acknowledgement loses what it holds", () => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { noAck: true, processing: { timeMs: 500 } })] } }).run(3000).stop();
    const { here, queued, processed } = world.audit();
    expect(here).toBe(queued - processed);
    expect(world.ready()).toBe(0);
    world.give({ type: "removeReceiver", receiver: "r", how: "kill" }).run(100);
    expect(world.audit()).toMatchObject({ here: 0, lost: here });
  });

  it("whose connection breaks finishes what it works on, and another does so again", () => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { processing: { timeMs: 500 } })] } }).run(1000).stop();
    world.give({ type: "addReceiver", receiver: receiver("s") }).run(10);
    breakConnection(world.cluster, world.idOf("r"), world.broker(), 0);
    world.run(1000);
    expect(world.audit()).toMatchObject({ here: 0, lost: 0, twice: 1 });
  });

  it("closes in order: what it works on is done once, the rest goes back", () => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { processing: { timeMs: 500 } })] } }).run(1200).stop();
    world.give({ type: "removeReceiver", receiver: "r", how: "close" }).run(1000);
    const { here, twice, queued, processed } = world.audit();
    expect([twice, here]).toEqual([0, queued - processed]);
    expect(world.ready()).toBe(here);
  });
});

describe("SIM-16 a receiver that is frozen", () => {
  it("is given up by its missed heartbeats, finds its connection gone when it thaws, and does its work twice", () => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { prefetchCount: 3, processing: { timeMs: 200 } })] } }).run(1000);
    world.give({ type: "freezeReceiver", receiver: "r", isFrozen: true }).stop();
    const held = world.receiver("r").held.length + world.receiver("r").jobs.length;
    world.give({ type: "addReceiver", receiver: receiver("s") }).run(1000);
    expect(world.audit().here).toBe(held);
    world.run(119_000);
    expect(world.audit().here).toBe(held);
    world.run(65_000);
    expect(world.audit()).toMatchObject({ here: 0, lost: 0 });
    world.give({ type: "freezeReceiver", receiver: "r", isFrozen: false }).run(1000);
    // It finishes what it was at, and has begun with the next, when it reads that its connection is gone.
    expect(world.audit().twice).toBe(2);
  });

  it("and thaws in time goes on as if nothing had been", () => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { prefetchCount: 3 })] } }).run(1000);
    world.give({ type: "freezeReceiver", receiver: "r", isFrozen: true }).run(20_000);
    const copy = copyCluster(world.cluster);
    world.stop().give({ type: "freezeReceiver", receiver: "r", isFrozen: false }).run(1000);
    expect(world.audit()).toMatchObject({ here: 0, lost: 0, twice: 0 });
    expect(copy.frozen.size).toBe(1);
  });
});

describe("the broker goes down and comes back", () => {
  it.each(["stop", "kill"] as const)("by %s: what is confirmed is there again", (how) => {
    const world = new QueueWorld({ publishes: { confirms: true } }).run(2000);
    world.give({ type: "stopAmqpBroker", how }).run(2000).give({ type: "startAmqpBroker" }).run(10_000).stop().run(1000);
    world.give({ type: "addReceiver", receiver: receiver("r") }).run(200);
    expect(world.audit()).toMatchObject({ here: 0, lost: 0 });
    expect(world.publisher().unconfirmed.size).toBe(0);
  });
});

describe("APP-8 a receiver whose handler fails", () => {
  const bad = (how: "throw" | "stall" | "crash"): { how: typeof how; numbers: number[] } => ({ how, numbers: [4] });
  const deadQueue: QueueSpec = { ...plainQueue, name: "dead" };
  const withDead: QueueSpec = { ...plainQueue, arguments: { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" } };
  const failing = (processing: ReceiverSpec["processing"], more: Partial<ReceiverSpec> = {}, queues: readonly QueueSpec[] = [withDead, deadQueue]): QueueWorld =>
    new QueueWorld({ amqp: { queues, receivers: [receiver("r", { prefetchCount: 1, processing, ...more })] } });

  it("APP-1 ends with its exception: its messages go back, and nobody works on them", () => {
    const world = failing({ timeMs: 1, failure: bad("throw") }).run(3000).stop();
    expect(world.receiver("r")).toMatchObject({ hasFailed: true, worked: 4 });
    expect(world.audit()).toMatchObject({ processed: 4, lost: 0 });
    expect(world.ready()).toBe(world.audit().here);
    world.give({ type: "alterReceiver", receiver: "r", processing: { timeMs: 1 } }).run(1000);
    expect(world.audit()).toMatchObject({ here: 0, lost: 0, twice: 0 });
  });

  it("APP-1 and does not come back, also where it was about to connect again when its handler threw", () => {
    const world = failing({ timeMs: 2000, settle: "before", failure: { how: "throw", numbers: [1] } }, { prefetchCount: 0 }).run(2500);
    // It works on what it has acknowledged, without a connection.
    breakConnection(world.cluster, world.idOf("r"), world.broker(), 0);
    world.run(20_000);
    const { hasFailed, session, held, received } = world.receiver("r");
    expect([hasFailed, session.state, held.length]).toEqual([true, "closed", 0]);
    expect(received).toBeLessThan(30);
  });

  it("by requeue meets the same message again and again, and with a prefetch of 1 nothing else", () => {
    const world = failing({ timeMs: 1, failure: bad("throw"), rescue: { retries: 0, backoffMs: 0, giveUp: "requeue" } }).run(3000).stop();
    expect(world.receiver("r").received).toBeGreaterThan(100);
    expect(world.audit().processed).toBe(4);
  });

  it("by reject leaves it to the dead-letter exchange, where there is one", () => {
    const rescue = { retries: 2, backoffMs: 10, giveUp: "reject" } as const;
    const world = failing({ timeMs: 1, failure: bad("throw"), rescue }).run(3000).stop();
    expect(world.audit()).toMatchObject({ here: 0, lost: 0, deadLettered: 1 });
    expect(world.ready("dead")).toBe(1);
    const without = failing({ timeMs: 1, failure: bad("throw"), rescue }, {}, [plainQueue]).run(3000).stop();
    expect(without.audit()).toMatchObject({ here: 0, lost: 1, deadLettered: 0 });
  });

  it("by skipping acknowledges it, and it is lost", () => {
    const world = failing({ timeMs: 1, failure: bad("throw"), rescue: { retries: 0, backoffMs: 0, giveUp: "skip" } }).run(3000).stop();
    expect(world.audit()).toMatchObject({ here: 0, lost: 1 });
  });

  it("by sending it on puts a copy into another queue, as what went well may be", () => {
    const world = failing({ timeMs: 1, failure: bad("throw"), rescue: { retries: 0, backoffMs: 0, giveUp: "forward", topics: ["dead"] } }).run(3000).stop();
    expect(world.ready("dead")).toBe(1);
    const chain = failing({ timeMs: 1, forwardTo: "dead" }).run(3000).stop();
    expect(chain.ready("dead")).toBe(chain.audit().processed);
  });

  it("APP-3 whose process ends is started again, and the next one meets the message meanwhile", () => {
    const world = failing({ timeMs: 1, failure: bad("crash") }).run(3000);
    world.give({ type: "addReceiver", receiver: receiver("s") }).stop();
    expect(world.audit()).toMatchObject({ here: 0, lost: 0, twice: 0 });
    world.run(5000);
    expect(world.receiver("r").session.state).toBe("open");
  });

  it("APP-4 acknowledges before: a crash loses what it holds; after: all at once, and does them again", () => {
    const before = failing({ timeMs: 200, settle: "before", failure: bad("crash") }, { prefetchCount: 0 }).run(2000).stop().run(20_000);
    expect(before.audit().lost).toBeGreaterThan(0);
    expect(before.audit().twice).toBe(0);
    const after = failing({ timeMs: 200, settle: "after", failure: bad("crash") }, { prefetchCount: 0 }).run(2000).stop();
    after.give({ type: "addReceiver", receiver: receiver("s", { prefetchCount: 0 }) }).run(20_000);
    expect(after.audit()).toMatchObject({ here: 0, lost: 0 });
    expect(after.audit().twice).toBeGreaterThan(0);
  });

  it("APP-2 stalls with one, and the others wait; a pool goes on with them", () => {
    const one = failing({ timeMs: 1, failure: bad("stall") }, { prefetchCount: 0 }).run(3000).stop();
    expect(one.audit()).toMatchObject({ processed: 4, lost: 0 });
    const pool = failing({ timeMs: 1, workers: 2, failure: bad("stall") }, { prefetchCount: 0 }).run(3000).stop();
    expect(pool.audit()).toMatchObject({ here: 1, lost: 0 });
    pool.give({ type: "removeReceiver", receiver: "r", how: "close" }).run(1000);
    expect(pool.ready()).toBe(1);
  });
});

describe("a queue that is declared anew", () => {
  it.each([{ durable: false }, { exclusive: true }, { arguments: { "x-max-priority": 3 } }])("as %o has lost what was in it, and its receivers go on with the new one", (changes) => {
    const world = new QueueWorld({ amqp: { receivers: [receiver("r", { prefetchCount: 1, processing: { timeMs: 500 } })] } }).run(3000);
    const { here, lost } = world.audit();
    const worked = world.receiver("r").worked;
    world.give({ type: "redeclareQueue", queue: { ...plainQueue, ...changes } });
    expect(world.cluster.watch.said).toMatchObject({ isBad: true, narration: { id: "queue.redeclared", params: { queue: "q", count: here } } });
    world.run(1000);
    // What was in work is finished.
    expect(world.audit().lost).toBe(lost + here - 1);
    world.run(3000);
    expect(world.receiver("r").worked).toBeGreaterThan(worked + 3);
    expect(world.receiver("r").queue).toMatchObject(changes);
  });
});

describe("what is said of a receiver that ends", () => {
  const slow = { processing: { timeMs: 500 } };
  const lastSaid = (spec: ReceiverSpec, queue: Partial<QueueSpec>, command: Command): string | undefined => {
    const world = new QueueWorld({ amqp: { queues: [{ ...plainQueue, ...queue }], receivers: [spec] } }).run(3000);
    world.give(command);
    return world.cluster.watch.said?.narration.id;
  };
  const removed = (how: "kill" | "close"): Command => ({ type: "removeReceiver", receiver: "r", how });

  it.each([
    ["receiver.killed", {}, {}, removed("kill")],
    ["receiver.closed", {}, {}, removed("close")],
    ["receiver.tookMessages", { noAck: true }, {}, removed("kill")],
    ["receiver.tookMessages", { noAck: true }, {}, removed("close")],
    ["receiver.tookMessages", { processing: { timeMs: 500, settle: "before" } }, {}, removed("kill")],
    ["receiver.tookExclusive", {}, { exclusive: true }, removed("kill")],
    ["receiver.tookAutoDelete", {}, { autoDelete: true }, removed("close")],
    ["receiver.tookExclusive", {}, { exclusive: true }, { type: "alterReceiver", receiver: "r", settings: { prefetchCount: 2 } }],
    ["receiver.locked", {}, { exclusive: true }, { type: "addReceiver", receiver: receiver("s") }],
    ["receiver.added", {}, {}, { type: "addReceiver", receiver: receiver("s") }],
  ] as const)("%s", (id, spec, queue, command) => {
    expect(lastSaid(receiver("r", { ...slow, ...spec }), queue, command)).toBe(id);
  });

  it("is what becomes of its messages", () => {
    for (const [spec, queue] of [[{ noAck: true }, {}], [{}, { exclusive: true }], [{}, { autoDelete: true }]] as const) {
      const world = new QueueWorld({ amqp: { queues: [{ ...plainQueue, ...queue }], receivers: [receiver("r", { ...slow, ...spec })] } }).run(3000).stop();
      world.give(removed("kill")).run(100);
      expect(world.audit().lost).toBeGreaterThan(5);
      expect(world.audit().lastLoss).toBe("exclusive" in queue || "autoDelete" in queue ? "deleted" : "settled");
    }
  });
});
