import { describe, expect, it } from "vitest";
import type { QueueArguments } from "../amqp/arguments";
import type { Properties } from "../amqp/content";
import type { BasicConsume } from "../amqp/method";
import { readyMessages } from "./ready";
import { message, TestBroker } from "./testBroker";

const channel = 1;

/** A world of one queue `q`, with a publisher `P`. */
class World extends TestBroker {
  constructor(given: QueueArguments = {}, more: { readonly durable?: boolean } = {}) {
    super();
    this.connect("P");
    this.queue("q", given, more);
  }

  queue(name: string, given: QueueArguments = {}, more: { readonly durable?: boolean } = {}): void {
    this.give("P", { method: "queue.declare", channel, queue: name, passive: false, durable: more.durable ?? false, exclusive: false, autoDelete: false, arguments: given });
  }

  /** Subscribes a client of a connection of its own. */
  consume(client: string, prefetchCount = 0, more: Partial<BasicConsume> = {}): void {
    if (!this.broker.connections.has(this.idOf(client))) this.connect(client);
    this.give(client, { method: "basic.qos", channel, prefetchCount, global: false });
    this.give(client, { method: "basic.consume", channel, queue: "q", consumerTag: client, noAck: false, exclusive: false, priority: 0, ...more });
  }

  publish(bodies: readonly (string | number)[], properties: Partial<Properties> = {}): void {
    for (const body of bodies) this.give("P", { method: "basic.publish", channel, mandatory: false, content: message(String(body), "", "q", properties) });
  }

  ack(client: string, deliveryTag: number, multiple = false): void {
    this.give(client, { method: "basic.ack", channel, deliveryTag, multiple });
  }

  nack(client: string, deliveryTag: number, requeue = true): void {
    this.give(client, { method: "basic.nack", channel, deliveryTag, multiple: false, requeue });
  }

  ready(name = "q"): string[] {
    const queue = this.broker.queues.get(name);
    return queue ? [...readyMessages(queue.ready)].map(({ content, redelivered }) => `${content.body}${redelivered ? "R" : ""}`) : [];
  }
}

describe("AMQ-2 the ring", () => {
  it("who is found full comes back at its end, in the order of the acknowledgements", () => {
    for (const [order, got] of [["CBA", { A: ["1", "6"], B: ["2", "5"], C: ["3", "4"] }], ["CAB", { A: ["1", "5"], B: ["2", "6"], C: ["3", "4"] }]] as const) {
      const world = new World();
      for (const client of ["A", "B", "C"]) world.consume(client, 1);
      world.publish([1, 2, 3, 4]);
      for (const client of order) world.ack(client, 1);
      world.publish([5, 6]);
      expect(Object.fromEntries(["A", "B", "C"].map((client) => [client, world.deliveries(client)]))).toEqual(got);
    }
  });

  it("a consumer of a higher priority is served as long as it has room", () => {
    const world = new World();
    world.consume("A");
    world.consume("B", 2, { priority: 10 });
    world.publish([1, 2, 3]);
    world.ack("B", 1);
    world.publish([4]);
    expect([world.deliveries("A"), world.deliveries("B")]).toEqual([["3"], ["1", "2", "4"]]);
  });
});

describe("AMQ-3 what returns", () => {
  it("takes the next turns of the ring", () => {
    const world = new World();
    for (const client of ["A", "B", "C"]) world.consume(client);
    world.publish([1, 2]);
    world.nack("A", 1);
    world.publish([3]);
    expect([world.deliveries("A"), world.deliveries("B"), world.deliveries("C")]).toEqual([["1", "3"], ["2"], ["1R"]]);
  });

  it("takes its place within its priority, and nothing that was sent is overtaken", () => {
    const world = new World({ "x-max-priority": 10 });
    world.consume("A", 3);
    world.publish(["a", "b", "c", "d"]);
    world.publish(["e"], { priority: 9 });
    world.ack("A", 1);
    world.nack("A", 2);
    expect(world.deliveries("A")).toEqual(["a", "b", "c", "e", "bR"]);
    expect(world.ready()).toEqual(["d"]);
  });

  it("AMQ-4 is flagged though nobody worked on it", () => {
    const world = new World();
    world.consume("A");
    world.publish([1, 2, 3]);
    world.lose("A");
    expect(world.ready()).toEqual(["1R", "2R", "3R"]);
  });
});

describe("AMQ-5 prefetch", () => {
  it("does not change for a consumer that is there", () => {
    const world = new World();
    world.consume("A", 1);
    world.give("A", { method: "basic.qos", channel, prefetchCount: 5, global: false });
    world.publish([1, 2]);
    expect(world.deliveries("A")).toEqual(["1"]);
  });

  it("of a channel counts all its consumers together", () => {
    const world = new World();
    world.connect("A");
    world.give("A", { method: "basic.qos", channel, prefetchCount: 2, global: true });
    for (const consumerTag of ["one", "other"]) world.give("A", { method: "basic.consume", channel, queue: "q", consumerTag, noAck: false, exclusive: false, priority: 0 });
    world.publish([1, 2, 3]);
    expect(world.deliveries("A")).toEqual(["1", "2"]);
    world.ack("A", 1);
    expect(world.deliveries("A")).toEqual(["1", "2", "3"]);
  });

  it("does not hold up automatic acknowledgement", () => {
    const world = new World();
    world.consume("A", 1, { noAck: true });
    world.publish([1, 2, 3]);
    expect(world.deliveries("A")).toEqual(["1", "2", "3"]);
    world.lose("A");
    expect(world.ready()).toEqual([]);
  });
});

describe("AMQ-6 time to live", () => {
  it("the smaller one counts", () => {
    const world = new World({ "x-message-ttl": 2000 });
    world.publish([1], { expirationMs: 500 });
    world.publish([2], { expirationMs: 9000 });
    world.run(499);
    expect(world.ready()).toEqual(["1", "2"]);
    world.run(1);
    expect(world.ready()).toEqual(["2"]);
    world.run(1500);
    expect(world.ready()).toEqual([]);
  });

  it("behind a message that lives, one that is too old is ready still", () => {
    const world = new World();
    world.publish([1]);
    world.publish([2], { expirationMs: 10 });
    world.run(1000);
    expect(world.ready()).toEqual(["1", "2"]);
    world.consume("A", 1);
    expect(world.ready()).toEqual([]);
  });
});

it("AMQ-7 a message that comes back to a full queue may be dropped at once", () => {
  const world = new World({ "x-max-length": 2 });
  world.consume("A", 1);
  world.publish([1, 2, 3]);
  world.lose("A");
  expect(world.ready()).toEqual(["2", "3"]);
});

describe("AMQ-8 dead letters", () => {
  it("go to the tail as new ones, and count how often they have died", () => {
    const world = new World({ "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "retry" });
    world.queue("retry", { "x-message-ttl": 2000, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q" });
    world.consume("A", 1);
    world.publish([1, 2]);
    world.nack("A", 1, false);
    world.ack("A", 2);
    world.run(2000);
    expect(world.deliveries("A")).toEqual(["1", "2", "1"]);
    world.nack("A", 3, false);
    world.run(2000);
    const [death, older] = world.methods("A", "basic.deliver").at(-1)?.content.properties.deaths ?? [];
    expect([death?.queue, death?.reason, death?.count, older?.queue, older?.reason, older?.count]).toEqual(["retry", "expired", 2, "q", "rejected", 2]);
  });

  it("do not go round for ever", () => {
    const world = new World({ "x-message-ttl": 200, "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "q" });
    world.publish([1, 2]);
    world.run(200);
    expect(world.ready()).toEqual([]);
  });
});

describe("AMQ-9 and AMQ-11 what a publisher hears", () => {
  const confirms = (world: World): string[] => world.methods("P", "basic.ack", "basic.nack", "basic.return").map((method) => (method.method === "basic.return" ? "return" : `${method.method} ${method.deliveryTag}${method.multiple ? "+" : ""}`));

  it("of what is led nowhere: a return before the confirm, with mandatory", () => {
    const world = new World();
    world.give("P", { method: "confirm.select", channel });
    for (const mandatory of [false, true]) world.give("P", { method: "basic.publish", channel, mandatory, content: message("1", "", "nowhere") });
    expect(confirms(world)).toEqual(["basic.ack 1", "return", "basic.ack 2"]);
    world.give("P", { method: "basic.publish", channel, mandatory: false, content: message("1", "nox", "q") });
    expect(world.methods("P", "channel.close").map(({ replyCode, replyText }) => [replyCode, replyText])).toEqual([[404, "NOT_FOUND - no exchange 'nox' in vhost '/'"]]);
  });

  it("of what is persistent: once it is written, and of many together; what was led nowhere overtakes it", () => {
    const world = new World({}, { durable: true });
    world.give("P", { method: "confirm.select", channel });
    world.publish([1, 2], { deliveryMode: 2 });
    world.give("P", { method: "basic.publish", channel, mandatory: false, content: message("3", "", "nowhere") });
    world.publish([4], { deliveryMode: 2 });
    expect(confirms(world)).toEqual(["basic.ack 3"]);
    world.run(1);
    expect(confirms(world)).toEqual(["basic.ack 3", "basic.ack 4+"]);
  });

  it("of a queue that is gone: that it was taken", () => {
    const world = new World({}, { durable: true });
    world.give("P", { method: "confirm.select", channel });
    world.publish([1], { deliveryMode: 2 });
    world.give("P", { method: "queue.delete", channel, queue: "q" });
    expect(confirms(world)).toEqual(["basic.ack 1"]);
  });
});

it("AMQ-10 of a single active consumer the next is the first of those that are left", () => {
  const world = new World({ "x-single-active-consumer": true });
  for (const client of ["A", "B", "C"]) world.consume(client, 2);
  world.publish([1, 2, 3]);
  world.ack("A", 1);
  expect([world.deliveries("A"), world.deliveries("B")]).toEqual([["1", "2", "3"], []]);
  world.lose("A");
  expect([world.deliveries("B"), world.deliveries("C")]).toEqual([["2R", "3R"], []]);
  world.consume("D", 2, { priority: 5 });
  world.lose("B");
  expect([world.deliveries("C"), world.deliveries("D")]).toEqual([[], ["2R", "3R"]]);
});

describe("AMQ-12 a broker that is killed", () => {
  const killed = (afterMs: number): World => {
    const world = new World({}, { durable: true });
    world.run(1000);
    world.publish([1, 2], { deliveryMode: 2 });
    world.publish(["transient"]);
    world.run(afterMs);
    world.down("killed");
    world.up();
    return world;
  };

  it("has what was written 200 ms after it had come, and says of all that it was sent", () => {
    expect(killed(150).ready()).toEqual([]);
    expect(killed(200).ready()).toEqual(["1R", "2R"]);
  });

  it("has nothing that nobody waited for of a queue that was kept busy, be it by questions", () => {
    const world = new World({}, { durable: true });
    world.run(1000);
    world.publish([1, 2], { deliveryMode: 2 });
    for (let asked = 0; asked < 30; asked++) {
      world.run(100);
      world.give("P", { method: "queue.declare", channel, queue: "q", passive: true, durable: true, exclusive: false, autoDelete: false, arguments: {} });
    }
    world.down("killed");
    world.up();
    expect(world.ready()).toEqual([]);
  });

  it("has all that came before a confirm of the same queue", () => {
    const world = new World({}, { durable: true });
    world.run(1000);
    world.publish([1, 2], { deliveryMode: 2 });
    world.give("P", { method: "confirm.select", channel });
    world.publish([3], { deliveryMode: 2 });
    world.run(1);
    world.down("killed");
    world.up();
    expect(world.ready()).toEqual(["1R", "2R", "3R"]);
  });

  it("has what was acknowledged just before", () => {
    for (const [afterMs, left] of [[100, ["1R", "2R", "3R"]], [200, ["3R"]]] as const) {
      const world = new World({}, { durable: true });
      world.publish([1, 2, 3], { deliveryMode: 2 });
      world.run(1000);
      world.consume("A", 2);
      world.ack("A", 1);
      world.ack("A", 2);
      world.run(afterMs);
      world.down("killed");
      world.up();
      expect(world.ready()).toEqual(left);
    }
  });

  it("does not even have a queue that was just declared", () => {
    const world = new World({}, { durable: true });
    world.down("killed");
    world.up();
    expect(world.broker.queues.has("q")).toBe(false);
  });

  it("that is stopped has all that is persistent, and refuses whoever comes meanwhile", () => {
    const world = new World({}, { durable: true });
    world.publish([1, 2], { deliveryMode: 2 });
    world.down("stopped");
    expect(world.methods("P", "connection.close").map(({ replyCode }) => replyCode)).toEqual([320]);
    world.connect("A");
    expect(world.sent.filter(({ client }) => client === "A").map(({ method }) => method)).toEqual(["disconnected", "disconnected"]);
    world.up();
    expect(world.ready()).toEqual(["1", "2"]);
  });
});

it.each([4, 10])("AMQ-13 with heartbeats of %d s a client that is silent is given up after two to three of them", (intervalS) => {
  const world = new World();
  world.connect("A", intervalS);
  world.consume("A");
  world.publish([1]);
  world.run(intervalS * 1500);
  world.give("A", { method: "heartbeat" });
  // Heard of at one and a half: the looks at three and four find nothing.
  world.run(intervalS * 2500 - 1);
  expect(world.ready()).toEqual([]);
  world.run(1);
  expect(world.ready()).toEqual(["1R"]);
  expect(world.sent.filter(({ client, method }) => client === "A" && method === "disconnected")).toHaveLength(1);
  expect(world.methods("A", "heartbeat").length).toBeGreaterThan(3);
});

describe("AMQ-14 and AMQ-15 queues of their own, and unequal ones", () => {
  const declare = { method: "queue.declare", channel, queue: "mine", passive: false, durable: false, exclusive: true, autoDelete: false, arguments: {} } as const;

  it("what is exclusive is locked to others, and goes with its connection", () => {
    const world = new World();
    world.connect("A");
    world.give("A", declare);
    world.connect("B");
    world.give("B", { method: "basic.consume", channel, queue: "mine", consumerTag: "B", noAck: false, exclusive: false, priority: 0 });
    expect(world.methods("B", "channel.close").map(({ replyCode }) => replyCode)).toEqual([405]);
    world.lose("A");
    expect(world.broker.queues.has("mine")).toBe(false);
  });

  it.each([
    [{ "x-message-ttl": -1 }, "invalid arg 'x-message-ttl' for queue 'mine' in vhost '/': {value_negative,-1}"],
    [{ "x-overflow": "drop-tail" }, "invalid arg 'x-overflow'"],
    [{ "x-dead-letter-routing-key": "a" }, "routing_key_but_no_dlx_defined"],
    [{ "x-max-priority": 300 }, "max_value_exceeded,300"],
    [{ "x-queue-type": "quorum" }, "invalid arg 'x-queue-type'"],
  ])("%j is no argument", (given, words) => {
    const world = new World();
    world.give("P", { ...declare, arguments: given as QueueArguments });
    expect(world.methods("P", "channel.close")[0]?.replyText).toContain(words);
    expect(world.broker.queues.has("mine")).toBe(false);
  });
});
