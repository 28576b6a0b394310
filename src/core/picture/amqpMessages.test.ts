import { describe, expect, it } from "vitest";
import { isAmqpBroker } from "../queue/broker/amqpBroker";
import type { QueueSpec } from "../queue/clients/declarations";
import { bootCluster } from "../world/boot";
import { actorsOf, type Cluster } from "../world/cluster";
import type { Command } from "../world/command";
import { breakConnection } from "../world/kernel/disconnect";
import { runNext, runUntil } from "../world/kernel/run";
import { addQueuePart } from "../world/queuePart";
import type { PublishesSpec, ReceiverSpec } from "../world/spec";
import { submit } from "../world/submit";
import type { MessageImage, Passage } from "./messageImage";
import { passageOf } from "./messages";
import { projectCluster } from "./project";

addQueuePart();

const LATENCY_MS = 40;
const queue = (name: string, bindings: QueueSpec["bindings"] = []): QueueSpec => ({ name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings });
const receiver: ReceiverSpec = { name: "r", queue: "q", prefetchCount: 0, noAck: false, priority: 0, processing: { timeMs: 0 } };
const publishes: PublishesSpec = { targets: [{ exchange: "f", routingKey: "" }], confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null };

/** Four messages a second, keyed k1 and k2 in turn, to a fanout with two queues; every way takes 40 ms. */
function fanout(changes: Partial<PublishesSpec> = {}): Cluster {
  const fanoutOf = [{ exchange: "f", routingKey: "" }];
  return bootCluster({
    seed: 1,
    network: { latencyMs: LATENCY_MS, jitterMs: 0 },
    brokerConfigs: {},
    topics: [],
    producers: [{ clientId: "shop", topics: [], source: { ratePerSecond: 4, keys: { kind: "list", keys: ["k1", "k2"] }, valueSizeInBytes: 0 }, configs: {}, publishes: { ...publishes, ...changes } }],
    groups: [],
    consumers: [],
    amqp: { exchanges: [{ name: "f", type: "fanout", durable: true }], queues: [queue("q", fanoutOf), queue("other", fanoutOf)], receivers: [receiver] },
  });
}

function give(cluster: Cluster, command: Command): void {
  const problem = submit(cluster, command);
  if (problem) throw new Error(`refused: ${problem.reason}`);
}

/** Runs on until such a message is on its way. */
function runToMessage(cluster: Cluster, api: string, kind?: MessageImage["kind"]): MessageImage {
  for (let step = 0; step < 5000; step++) {
    const found = projectCluster(cluster).messages.find((message) => message.api === api && (kind ?? message.kind) === message.kind);
    if (found) return found;
    runNext(cluster);
  }
  throw new Error(`no ${api} ever`);
}

/** Every passage that has come to its end by then, as whoever listens to events sees it. */
function arrivals(cluster: Cluster, ms: number): Passage[] {
  const seen: Passage[] = [];
  runUntil(cluster, cluster.nowUs + ms * 1000, Infinity, (_cluster, event) => {
    const passage = event.kind === "message" ? passageOf(cluster, event.message) : null;
    if (passage) seen.push(passage);
  });
  return seen;
}

describe("IMG-10 what is said of AMQP's messages", () => {
  it("given a publish to a fanout, then it is one, to the exchange, on the wire of its producer", () => {
    const cluster = fanout();
    runUntil(cluster, 1_000_000);
    const message = runToMessage(cluster, "basic.publish");
    expect(message).toEqual({
      id: message.id,
      api: "basic.publish",
      kind: "request",
      client: "shop",
      broker: null,
      sentUs: cluster.nowUs,
      arriveUs: cluster.nowUs + LATENCY_MS * 1000,
      parts: [{ topic: "exchange:f", partition: 0, offset: 2, count: 1, colours: [expect.any(Number)] }],
    });
    const published = arrivals(cluster, 2000).filter(({ kind }) => kind === "publish");
    expect(published.length).toBeGreaterThan(5);
    expect(published.map(({ client, parts }) => [client, parts.map(({ topic, offset }) => `${topic} ${offset}`)])).toEqual(
      published.map((_, at) => [cluster.actorsByClientId.get("shop"), [`exchange:f ${at + 2}`]]),
    );
  });

  it("given a delivery, then it comes from the queue with its send number and its key's colour, and is settled on the same wire", () => {
    const cluster = fanout();
    const seen = arrivals(cluster, 2000);
    const delivered = seen.filter(({ kind }) => kind === "deliver").flatMap(({ parts }) => parts);
    expect(delivered.slice(0, 3)).toEqual([0, 1, 2].map((offset) => ({ topic: "queue:q", partition: 0, offset, count: 1, colours: [expect.any(Number)] })));
    const { keys } = cluster.watch;
    const key = ({ colours: [colour] }: (typeof delivered)[number]): string | undefined => [...keys].find(([, number]) => number === colour)?.[0];
    expect(new Set(delivered.map(key))).toEqual(new Set(["k1", "k2"]));
    const settled = seen.filter(({ kind }) => kind === "settle");
    expect(settled[0]).toEqual({ client: cluster.actorsByClientId.get("r"), kind: "settle", isRequest: true, parts: [{ topic: "queue:q", partition: 0, offset: -1, count: 0, colours: [] }] });
    expect(settled.length).toBeGreaterThan(4);
  });

  it("given a confirm, then it runs back on the wire of what it confirms, also when it has just come", () => {
    const cluster = fanout({ targets: [{ exchange: "f", routingKey: "" }, { exchange: "", routingKey: "q" }] });
    const isConfirm = ({ kind }: Passage): boolean => kind === "confirm";
    const targets = (passages: readonly Passage[]): string[] => passages.filter(isConfirm).flatMap(({ parts }) => parts.map(({ topic, count }) => `${topic} ${count}`));
    runUntil(cluster, 1_000_000);
    const onItsWay = runToMessage(cluster, "basic.ack", "response");
    expect([onItsWay.client, onItsWay.parts.map(({ topic, offset }) => `${topic} ${offset}`)]).toEqual(["shop", ["queue:q 2"]]);
    const seen = arrivals(cluster, 2000);
    expect(targets(seen).filter((target) => target === "exchange:f 0").length).toBeGreaterThan(5);
    expect(targets(seen).filter((target) => target === "queue:q 0").length).toBe(targets(seen).length / 2);
    expect(seen.filter(isConfirm).every(({ isRequest, client }) => !isRequest && client === cluster.actorsByClientId.get("shop"))).toBe(true);
  });

  it("given a confirm of several, then it runs on the wire of each, once", () => {
    const cluster = fanout({ targets: [{ exchange: "f", routingKey: "" }, { exchange: "", routingKey: "q" }] });
    // What a queue writes at once is confirmed at once.
    give(cluster, { type: "unbindQueue", queue: "other", exchange: "f", routingKey: "" });
    const onItsWay = runToMessage(cluster, "basic.ack", "response");
    expect(onItsWay.parts).toEqual(["exchange:f", "queue:q"].map((topic) => ({ topic, partition: 0, offset: 0, count: 0, colours: [] })));
    const seen = arrivals(cluster, 2000).filter(({ kind }) => kind === "confirm");
    expect(new Set(seen.map(({ parts }) => parts.map(({ topic }) => topic).join()))).toEqual(new Set(["exchange:f,queue:q"]));
  });

  it("given what leads to no queue and is mandatory, then it comes back with its message", () => {
    const cluster = fanout({ mandatory: true });
    runUntil(cluster, 500_000);
    for (const name of ["q", "other"]) give(cluster, { type: "unbindQueue", queue: name, exchange: "f", routingKey: "" });
    const { kind, parts } = runToMessage(cluster, "basic.return");
    expect([kind, parts[0]?.topic, parts[0]?.count]).toEqual(["response", "exchange:f", 1]);
  });

  it("given opening, declaring and heartbeats, then they are none of it", () => {
    const cluster = fanout();
    const apis = new Set<string>();
    for (let step = 0; step < 400; step++) {
      for (const { api } of projectCluster(cluster).messages) apis.add(api);
      runNext(cluster);
    }
    expect([...apis].filter((api) => api.includes(".")).sort()).toEqual(["basic.ack", "basic.deliver", "basic.publish"]);
  });

  it("given a connection that breaks, then what was under way on it runs nowhere", () => {
    const cluster = fanout();
    runUntil(cluster, 1_000_000);
    runToMessage(cluster, "basic.ack", "response");
    const [[broker] = []] = [...actorsOf(cluster, isAmqpBroker)];
    const [publisher] = cluster.publishers.values();
    breakConnection(cluster, publisher as number, broker as number, 0);
    expect(projectCluster(cluster).messages.filter(({ client }) => client === "shop")).toEqual([]);
  });

  it("given a producer that publishes no more, then what is still said runs on none of its wires", () => {
    const cluster = fanout();
    runUntil(cluster, 1_000_000);
    runToMessage(cluster, "basic.publish");
    const producer = cluster.actorsByClientId.get("shop");
    give(cluster, { type: "alterPublishes", clientId: "shop", publishes: null });
    const seen = arrivals(cluster, 500);
    expect(seen.some(({ kind }) => kind === "confirm")).toBe(true);
    expect(seen.filter(({ client }) => client === producer)).toEqual([]);
  });
});
