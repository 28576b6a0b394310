import { describe, expect, it } from "vitest";
import { clusterLimits } from "../core/kafka/limits";
import { parseCommand, parseScenario } from "./schema";

const exchange = { name: "work", type: "direct", durable: true };
const plainQueue = { durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] };
const queue = { name: "tasks", ...plainQueue, bindings: [{ exchange: "work", routingKey: "tasks" }] };
const plainReceiver = { prefetchCount: 0, noAck: false, priority: 0, processing: { timeMs: 0 } };
const receiver = { name: "w1", queue: "tasks", ...plainReceiver };
const publishes = { targets: [{ exchange: "work", routingKey: "tasks" }], confirms: false, mandatory: false, persistent: true, expirationMs: null, priority: null };

/** A document with a RabbitMQ broker of which some parts are others. */
const withBroker = (parts: object): unknown => ({ schemaVersion: 2, amqp: { exchanges: [exchange], queues: [queue], receivers: [receiver], ...parts } });
const withProcessing = (processing: object): unknown => withBroker({ receivers: [{ ...receiver, processing: { timeMs: 0, ...processing } }] });

function read(value: unknown): unknown {
  const parsed = parseScenario(value);
  return "problem" in parsed ? parsed.problem : parsed.scenario;
}

describe("a RabbitMQ broker in a document", () => {
  it("is read as it stands, and there is none where none is declared", () => {
    expect(read(withBroker({}))).toMatchObject({ amqp: { exchanges: [exchange], queues: [queue], receivers: [receiver] } });
    expect(read({ schemaVersion: 2 })).not.toHaveProperty("amqp");
  });

  it("has defaults: a durable fanout exchange, a durable queue bound to nothing, a receiver without a limit of prefetch", () => {
    expect(read({ schemaVersion: 2, amqp: {} })).toMatchObject({ amqp: { exchanges: [], queues: [], receivers: [] } });
    const bare = withBroker({ exchanges: [{ name: "work" }], queues: [{ name: "tasks" }], receivers: [{ name: "w1", queue: "tasks" }] });
    expect(read(bare)).toMatchObject({
      amqp: { exchanges: [{ name: "work", type: "fanout", durable: true }], queues: [{ name: "tasks", ...plainQueue }], receivers: [receiver] },
    });
  });

  it("a producer publishes to it, persistent and unconfirmed unless it says otherwise", () => {
    const publishing = (given: object): unknown => read({ schemaVersion: 2, producers: [{ clientId: "p", publishes: given }] });
    expect(publishing({ targets: [{ exchange: "work", routingKey: "tasks" }] })).toMatchObject({ producers: [{ publishes }] });
    expect(publishing({ targets: [{}] })).toMatchObject({ producers: [{ publishes: { targets: [{ exchange: "", routingKey: "" }] } }] });
    expect(publishing({ targets: [] })).toMatchObject({ reason: "invalid", path: "producers.0.publishes.targets", detail: "empty" });
    expect(publishing({})).toMatchObject({ path: "producers.0.publishes.targets", detail: "missing" });
  });

  it.each([
    ["an exchange twice", { exchanges: [exchange, exchange] }, { path: "amqp.exchanges.1.name", detail: "taken", params: { name: "work" } }],
    ["a queue twice", { queues: [queue, queue] }, { path: "amqp.queues.1.name", detail: "taken", params: { name: "tasks" } }],
    ["a receiver twice", { receivers: [receiver, receiver] }, { path: "amqp.receivers.1.name", detail: "taken", params: { name: "w1" } }],
    ["a binding to no exchange", { exchanges: [] }, { path: "amqp.queues.0.bindings.0.exchange", detail: "unknown", params: { kind: "exchange", name: "work" } }],
    ["a receiver of no queue", { queues: [] }, { path: "amqp.receivers.0.queue", detail: "unknown", params: { kind: "queue", name: "tasks" } }],
    ["a key of dead letters without their exchange", { queues: [{ ...queue, arguments: { "x-dead-letter-routing-key": "dead" } }] }, { path: "amqp.queues.0.arguments.x-dead-letter-exchange", detail: "missing" }],
    ["a name that the broker keeps for itself", { queues: [{ ...queue, name: "amq.tasks" }] }, { path: "amqp.queues.0.name", detail: "name" }],
    ["a name that cannot be read", { exchanges: [{ ...exchange, name: "a\u202eb" }] }, { path: "amqp.exchanges.0.name", detail: "name" }],
    ["the default exchange, which is always there", { exchanges: [{ ...exchange, name: "" }] }, { path: "amqp.exchanges.0.name", detail: "name" }],
    ["an exchange of a type that is not there", { exchanges: [{ ...exchange, type: "topic" }] }, { path: "amqp.exchanges.0.type", detail: "choice", params: { allowed: "direct, fanout" } }],
    ["a time to live below nothing", { queues: [{ ...queue, arguments: { "x-message-ttl": -1 } }] }, { path: "amqp.queues.0.arguments.x-message-ttl", detail: "min" }],
    ["half a message", { queues: [{ ...queue, arguments: { "x-max-length": 1.5 } }] }, { path: "amqp.queues.0.arguments.x-max-length", detail: "whole" }],
    ["more priorities than there are", { queues: [{ ...queue, arguments: { "x-max-priority": 256 } }] }, { path: "amqp.queues.0.arguments.x-max-priority", detail: "max" }],
    ["a way to overflow that is not there", { queues: [{ ...queue, arguments: { "x-overflow": "drop-tail" } }] }, { path: "amqp.queues.0.arguments.x-overflow", detail: "choice" }],
    ["a prefetch beyond 16 bits", { receivers: [{ ...receiver, prefetchCount: 65_536 }] }, { path: "amqp.receivers.0.prefetchCount", detail: "max", params: { max: 65_535 } }],
    ["too many receivers", { receivers: Array.from({ length: clusterLimits.maxReceivers + 1 }, (_, at) => ({ ...receiver, name: `w${at}` })) }, { path: "amqp.receivers", detail: "tooMany", params: { max: clusterLimits.maxReceivers } }],
  ])("is refused with %s", (_what, parts, problem) => expect(read(withBroker(parts))).toMatchObject({ reason: "invalid", ...problem }));

  it("shares its clients' names with those of Kafka, for the canvas and the check name all of them", () => {
    const given = { ...(withBroker({}) as object), producers: [{ clientId: "w1" }] };
    expect(read(given)).toMatchObject({ reason: "invalid", path: "amqp.receivers.0.name", detail: "taken", params: { name: "w1" } });
  });

  it("with an argument that this page does not know is newer", () => {
    expect(read(withBroker({ queues: [{ ...queue, arguments: { "x-queue-type": "quorum" } }] }))).toEqual({ reason: "newer", path: "amqp.queues.0.arguments.x-queue-type", detail: "unknownField", params: {} });
  });
});

describe("a program that fails, in a document", () => {
  it("is read as it stands, and the rest of a rescue has its default", () => {
    const failure = { how: "throw", keys: ["poison"], numbers: [0, 3], percent: 12.5 };
    const rescue = { retries: 2, backoffMs: 500, giveUp: "forward", topics: ["retry", "dead"], delayMs: 1000 };
    const processing = { timeMs: 5, workers: 4, settle: "async", failure, rescue, forwardTo: "next" };
    expect(read(withProcessing(processing))).toMatchObject({ amqp: { receivers: [{ processing }] } });
    expect(read(withProcessing({ rescue: {} }))).toMatchObject({ amqp: { receivers: [{ processing: { rescue: { retries: 0, backoffMs: 0, giveUp: "stop" } } }] } });
  });

  it.each([
    [{ workers: 0 }, { path: "workers", detail: "min", params: { min: 1 } }],
    [{ workers: clusterLimits.maxWorkers + 1 }, { path: "workers", detail: "max", params: { max: clusterLimits.maxWorkers } }],
    [{ settle: "never" }, { path: "settle", detail: "choice", params: { allowed: "before, after, each, async" } }],
    [{ failure: { percent: 5 } }, { path: "failure.how", detail: "missing" }],
    [{ failure: { how: "explode" } }, { path: "failure.how", detail: "choice" }],
    [{ failure: { how: "throw", percent: 101 } }, { path: "failure.percent", detail: "max", params: { max: 100 } }],
    [{ failure: { how: "throw", numbers: [-1] } }, { path: "failure.numbers.0", detail: "min" }],
    [{ rescue: { retries: 1.5 } }, { path: "rescue.retries", detail: "whole" }],
    [{ rescue: { giveUp: "pray" } }, { path: "rescue.giveUp", detail: "choice" }],
    [{ rescue: { topics: ["a b"] } }, { path: "rescue.topics.0", detail: "name" }],
    [{ forwardTo: "__consumer_offsets" }, { path: "forwardTo", detail: "name" }],
  ])("%j is refused with its place", (processing, { path, ...problem }) => {
    expect(read(withProcessing(processing))).toMatchObject({ reason: "invalid", path: `amqp.receivers.0.processing.${path}`, ...problem });
  });
});

describe("a command to the RabbitMQ broker", () => {
  it.each([
    [{ type: "declareExchange", exchange: { name: "work" } }, { exchange: { name: "work", type: "fanout", durable: true } }],
    [{ type: "declareQueue", queue: { name: "tasks" } }, { queue: { name: "tasks", ...plainQueue } }],
    [{ type: "addReceiver", receiver: { name: "w1", queue: "tasks" } }, { receiver }],
    [{ type: "alterReceiver", receiver: "w1", settings: { prefetchCount: 1 } }, { settings: { prefetchCount: 1 } }],
    [{ type: "alterPublishes", clientId: "p", publishes: null }, { publishes: null }],
  ])("%j is read, and what it leaves out has its default", (command, expected) => {
    expect(parseCommand(command)).toEqual({ command: { ...command, ...expected } });
  });

  it.each([
    [{ type: "stopAmqpBroker", how: "explode" }, { path: "how", detail: "choice", params: { allowed: "stop, kill" } }],
    [{ type: "declareQueue", queue: { name: "amq.x" } }, { path: "queue.name", detail: "name" }],
    [{ type: "alterReceiver", receiver: "w1", settings: { priority: 1001 } }, { path: "settings.priority", detail: "max", params: { max: 1000 } }],
    [{ type: "freezeReceiver", receiver: "w1", isFrozen: "yes" }, { path: "isFrozen", detail: "type" }],
  ])("%j is refused with its place", (command, problem) => {
    expect(parseCommand(command)).toHaveProperty("problem", expect.objectContaining({ reason: "invalid", ...problem }));
  });
});
