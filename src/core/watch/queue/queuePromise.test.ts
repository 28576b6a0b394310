import { describe, expect, it } from "vitest";
import type { QueueSpec } from "../../queue/clients/declarations";
import { isAmqpBroker } from "../../queue/broker/amqpBroker";
import { isPublisher } from "../../queue/clients/publisher";
import { nextBelow, randomStream } from "../../sim/random";
import { bootCluster } from "../../world/boot";
import { actorsOf, type Cluster } from "../../world/cluster";
import type { Command } from "../../world/command";
import { breakConnection } from "../../world/kernel/disconnect";
import { runUntil } from "../../world/kernel/run";
import { addQueuePart } from "../../world/queuePart";
import { pick } from "../../check/random/randomSpecs";
import type { AmqpSpec, PublishesSpec, ReceiverSpec } from "../../world/spec";
import { submit } from "../../world/submit";
import type { DeliveryPromise, DoubleReason, LossReason } from "../promise";
import { queueColumn } from "./queueColumn";
import { queuePromise } from "./queuePromise";

addQueuePart();

const plain: QueueSpec = { name: "q", durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] };

interface Made {
  readonly queue?: Partial<QueueSpec>;
  readonly publishes?: Partial<PublishesSpec>;
  readonly receiver?: Partial<ReceiverSpec>;
  readonly receivers?: number;
  readonly amqp?: Partial<AmqpSpec>;
}

/** A queue `q` with ten messages a second, with confirms and persistent, and receivers `r1`, `r2` ... who take 100 ms for one. */
class QueueWorld {
  readonly cluster: Cluster;
  readonly promised: DeliveryPromise;
  private readonly receiver: Omit<ReceiverSpec, "name">;

  constructor({ queue = {}, publishes = {}, receiver = {}, receivers = 1, amqp = {} }: Made) {
    this.receiver = { queue: "q", prefetchCount: 5, noAck: false, priority: 0, processing: { timeMs: 120 }, ...receiver };
    this.cluster = bootCluster({
      seed: 1,
      network: { latencyMs: 1, jitterMs: 0 },
      brokerConfigs: { "offsets.topic.replication.factor": 1 },
      topics: [],
      producers: [
        {
          clientId: "p",
          topics: [],
          source: { ratePerSecond: 10, keys: { kind: "none" }, valueSizeInBytes: 0 },
          configs: {},
          publishes: { targets: [{ exchange: "", routingKey: "q" }], confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null, ...publishes },
        },
      ],
      groups: [],
      consumers: [],
      amqp: { exchanges: [], queues: [{ ...plain, ...queue }, { ...plain, name: "dead" }], receivers: Array.from({ length: receivers }, (_, at) => ({ name: `r${at + 1}`, ...this.receiver })), ...amqp },
    });
    this.promised = this.promise();
  }

  promise(): DeliveryPromise {
    const queue = this.cluster.topology.amqp?.queues.get("q");
    if (!queue) throw new Error("there is no queue");
    return queuePromise(this.cluster.topology, queue);
  }

  column() {
    return queueColumn(this.cluster, "q");
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

  add(name: string): this {
    return this.give({ type: "addReceiver", receiver: { name, ...this.receiver } });
  }

  kill(name = "r1"): this {
    return this.give({ type: "removeReceiver", receiver: name, how: "kill" });
  }

  /** The broker is down for a second. */
  restart(how: "stop" | "kill"): this {
    return this.give({ type: "stopAmqpBroker", how }).run(1000).give({ type: "startAmqpBroker" });
  }

  /** The connection of a program to the broker breaks. */
  cut(name: string): this {
    const [[broker] = [-1]] = actorsOf(this.cluster, isAmqpBroker);
    const program = name === "p" ? (this.cluster.publishers.get("p") ?? -1) : (this.cluster.actorsByClientId.get(name) ?? -1);
    breakConnection(this.cluster, program, broker, 0);
    return this;
  }

  /** Nothing new comes; what there is comes to its end. */
  quiet(): this {
    return this.give({ type: "alterProducer", clientId: "p", source: { ratePerSecond: 0 } }).run(30_000);
  }
}

type Of<Reason> = Reason extends `queue.${string}` ? Reason : never;

const poison = { how: "throw", numbers: [4] } as const;
const rescue = (giveUp: "skip" | "reject" | "forward", topics: readonly string[] = []) => ({ timeMs: 20, failure: poison, rescue: { retries: 0, backoffMs: 0, giveUp, topics } });
const exchanges = [{ name: "f", type: "fanout", durable: true }] as const;
const bindings = [{ exchange: "f", routingKey: "" }];
const toFanout = { exchange: "f", routingKey: "" };

/** Each reason with settings that have it, and the fault that shows it. What a queue never got is lost to it, too, where nothing was late. */
const losing: { readonly [Reason in Of<LossReason>]: () => QueueWorld } = {
  "queue.noAck": () => new QueueWorld({ receiver: { noAck: true, processing: { timeMs: 500 } } }).run(3000).kill(),
  "queue.ackBefore": () => new QueueWorld({ receiver: { processing: { timeMs: 500, settle: "before" } } }).run(3000).kill(),
  "queue.skip": () => new QueueWorld({ receiver: { processing: rescue("skip") } }).run(3000),
  "queue.rejectNowhere": () => new QueueWorld({ receiver: { processing: rescue("reject") } }).run(3000),
  "queue.forwardNowhere": () => new QueueWorld({ receiver: { processing: rescue("forward", ["nobody"]) } }).run(3000),
  "queue.notDurable": () => new QueueWorld({ queue: { durable: false }, receivers: 0 }).run(3000).restart("stop"),
  "queue.goesWithReceiver": () => new QueueWorld({ queue: { autoDelete: true } }).run(3000).kill(),
  "queue.transient": () => new QueueWorld({ publishes: { persistent: false }, receivers: 0 }).run(3000).restart("stop"),
  "queue.noConfirms": () => new QueueWorld({ publishes: { confirms: false }, receivers: 0 }).run(3000).restart("kill"),
  "queue.exchangeNotDurable": () => new QueueWorld({ queue: { bindings }, publishes: { targets: [toFanout] }, receivers: 0, amqp: { exchanges: [{ name: "f", type: "fanout", durable: false }] } }).run(3000).restart("stop").run(10_000),
  "queue.expires": () => new QueueWorld({ queue: { arguments: { "x-message-ttl": 300 } }, receiver: { prefetchCount: 1, processing: { timeMs: 1000 } } }).run(3000),
  "queue.dropHead": () => new QueueWorld({ queue: { arguments: { "x-max-length": 3 } }, receivers: 0 }).run(3000),
  "queue.rejectPublish": () => new QueueWorld({ queue: { arguments: { "x-max-length": 3, "x-overflow": "reject-publish" } }, publishes: { confirms: false }, receivers: 0 }).run(3000),
};

const doubling: { readonly [Reason in Of<DoubleReason>]: () => QueueWorld } = {
  "queue.unacknowledged": () => new QueueWorld({ receiver: { processing: { timeMs: 120, settle: "after" } } }).run(3000).kill().add("r2").quiet(),
  "queue.ackEach": () => new QueueWorld({}).run(3000).restart("stop").quiet(),
  "queue.ackLost": () => {
    const world = new QueueWorld({ receiver: { processing: { timeMs: 20, settle: "before" } } }).run(3000);
    while ((world.cluster.watch.amqp?.actual.get("q")?.held.size ?? 0) === 0) world.run(0.5);
    return world.run(1).cut("r1").quiet();
  },
  // What was kept on disk is received at once; the disk has not heard of it when the broker dies.
  "queue.brokerKilled": () => new QueueWorld({ receiver: { noAck: true, processing: { timeMs: 1 } }, receivers: 0, publishes: { confirms: false } }).run(2000).quiet().add("r1").run(50).restart("kill").quiet(),
  "queue.confirmsRepeat": () => {
    const world = new QueueWorld({}).run(3000);
    const waits = (): boolean => Array.from(actorsOf(world.cluster, isPublisher), ([, { unconfirmed }]) => unconfirmed.size).some((size) => size > 0);
    while (!waits()) world.run(0.5);
    return world.run(1).cut("p").run(10_000).quiet();
  },
  "queue.twoWays": () => new QueueWorld({ queue: { bindings }, publishes: { targets: [{ exchange: "", routingKey: "q" }, toFanout] }, amqp: { exchanges } }).run(3000),
};

describe("AUD-12 what a queue's settings promise", () => {
  it.each(Object.entries(losing))("that may lose, by %s, loses by its fault", (reason, run) => {
    const world = run();
    expect(world.promised.loses).toContain(reason);
    const { lost, neverGot } = world.column();
    expect(reason === "queue.exchangeNotDurable" || reason === "queue.rejectPublish" ? neverGot : lost).toBeGreaterThan(0);
  });

  it.each(Object.entries(doubling))("that may repeat, by %s, repeats by its fault", (reason, run) => {
    const world = run();
    expect(world.promised.doubles).toContain(reason);
    expect(world.column().twice).toBeGreaterThan(0);
  });

  it.each<[string, DeliveryPromise["promise"], Made]>([
    ["confirms, persistent messages in a durable queue, and an acknowledgement after the work", "atLeastOnce", {}],
    ["automatic acknowledgement, and nothing that is published again or kept", "atMostOnce", { receiver: { noAck: true }, publishes: { confirms: false, persistent: false } }],
    ["automatic acknowledgement of what is kept on disk", "neither", { receiver: { noAck: true } }],
    ["a time to live that leads to a dead-letter queue", "atLeastOnce", { queue: { arguments: { "x-message-ttl": 100, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" } } }],
    ["a time to live whose dead letters would come back to it", "neither", { queue: { arguments: { "x-message-ttl": 100, "x-dead-letter-exchange": "" } } }],
    ["a full queue that refuses, and a publisher that hears of it", "atLeastOnce", { queue: { arguments: { "x-max-length": 3, "x-overflow": "reject-publish" } } }],
  ])("by %s is %s", (_, promise, settings) => expect(new QueueWorld(settings).promised.promise).toBe(promise));

  it("holds for settings of all kinds, whatever becomes of receivers and broker", () => {
    const seen = { lossless: 0, once: 0, lost: 0, twice: 0 };
    for (let seed = 1; seed <= 80; seed++) {
      const random = randomStream(seed, "promises of queues");
      const isPlain = nextBelow(random, 2) === 0;
      const world = new QueueWorld({
        queue: { durable: isPlain || nextBelow(random, 3) > 0, arguments: isPlain ? {} : pick(random, [{}, { "x-max-length": 5, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" }, { "x-message-ttl": 500, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" }]) },
        publishes: pick(random, isPlain ? [{}] : [{}, { confirms: false, persistent: false }]),
        receiver: { noAck: !isPlain && nextBelow(random, 2) === 0, prefetchCount: pick(random, [1, 10]), processing: { timeMs: pick(random, [1, 60, 300]), settle: pick(random, ["each", "each", "after"] as const) } },
        receivers: 2,
      });
      const { loses, doubles } = world.promised;
      const holds = (): void => {
        const { lost, twice } = world.column();
        if (loses.length === 0) expect([seed, lost]).toEqual([seed, 0]);
        if (doubles.length === 0) expect([seed, twice]).toEqual([seed, 0]);
      };
      for (let turn = 3; turn <= 8; turn++) {
        for (let look = 0; look < 4; look++) {
          world.run(nextBelow(random, 600));
          holds();
        }
        const [victim] = world.cluster.topology.amqp?.receivers.keys() ?? [];
        if (victim !== undefined && nextBelow(random, 2) === 0) world.kill(victim);
        else world.restart(pick(random, ["stop", "kill"]));
        holds();
        world.add(`r${turn}`);
      }
      world.quiet();
      holds();
      seen.lossless += loses.length === 0 ? 1 : 0;
      seen.once += doubles.length === 0 ? 1 : 0;
      seen.lost += world.column().lost;
      seen.twice += world.column().twice;
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  });
});
