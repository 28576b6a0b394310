import { beforeAll, describe, expect, it } from "vitest";
import { entityName } from "../../actions/entities/entities";
import { allKinds, fillKinds, kindNamed, kindOffers, lacksKinds, loadLaterKinds } from "../../actions/entities/kindTable";
import { canDrawWire, connectCommand, deleteCommands, disconnectCommand } from "../../actions/entities/wiring";
import { type Box, fitZoom } from "../../canvas/layout/geometry";
import { tubeY } from "../../canvas/layout/queueMetrics";
import { sceneDetails } from "../../canvas/layout/sceneDetail";
import { type ArrangedScene, arrangeScene } from "../../canvas/layout/sceneLayout";
import { CAPTION, captionsOf } from "../../canvas/layout/scenePlaces";
import { readStructure } from "../../canvas/layout/sceneStructure";
import { sceneNodes } from "../../canvas/nodes/sceneNodes";
import { sceneWires, tokenEdges } from "../../canvas/wires/sceneWires";
import type { ClusterImage } from "../../core/picture/image";
import { projectCluster } from "../../core/picture/project";
import { bootCluster } from "../../core/world/boot";
import type { Cluster } from "../../core/world/cluster";
import type { Command } from "../../core/world/command";
import { runUntil } from "../../core/world/kernel/run";
import { addQueuePart } from "../../core/world/queuePart";
import { submit } from "../../core/world/submit";
import { sameInput } from "../../scenario/presets/rabbit/sameInput";
import { entityKinds, laterKinds } from "../entityKinds";
import { kindsWithQueues } from "../queueKinds";

addQueuePart();
beforeAll(() => fillKinds(kindsWithQueues));

function world(seconds = 30): Cluster {
  const cluster = bootCluster(sameInput);
  runUntil(cluster, seconds * 1_000_000);
  return cluster;
}

function drawn(image: ClusterImage, width: number, height: number): ArrangedScene {
  return arrangeScene(sceneDetails(readStructure(image), { group: null, topic: null, partition: null }), { width, height }, {}, null);
}

function give(cluster: Cluster, command: Command | string): ClusterImage {
  if (typeof command === "string") throw new Error(`no command: ${command}`);
  expect(submit(cluster, command)).toBeNull();
  runUntil(cluster, cluster.nowUs + 3_000_000);
  return projectCluster(cluster);
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height - 0.01 && b.y < a.y + a.height - 0.01;
}

describe("queues beside a topic", () => {
  const image = projectCluster(world());

  it.each([
    [1080, 620],
    [1040, 560],
    [760, 600],
    [374, 538],
    [692, 263],
    [560, 300],
  ])("stand on %i by %i without overlaps, readable, with words over them that nothing covers", (width, height) => {
    const { structure, layout } = drawn(image, width, height);
    const frames = Object.entries(layout.boxes).filter(([name]) => !name.startsWith("consumer:"));
    const captions = captionsOf(structure).map(({ over, from = over }) => {
      const [box, start] = [layout.boxes[over]!, layout.boxes[from] ?? layout.boxes[over]!];
      return [`caption ${over}`, { x: start.x, y: Math.min(box.y, start.y) - CAPTION, width: layout.plan.topicWidth, height: CAPTION }] as const;
    });
    expect(captions).toHaveLength(3);
    const all = [...frames, ...captions];
    for (const [name, box] of all) expect(all.filter(([other, otherBox]) => other !== name && overlap(box, otherBox)).map(([other]) => `${name} ${other}`)).toEqual([]);
    for (const [, { y, height: tall }] of captions) expect(y >= layout.bounds.y - 0.01 && y + tall <= layout.bounds.y + layout.bounds.height).toBe(true);
    expect(fitZoom(layout.bounds, { width, height })).toBeGreaterThanOrEqual(0.85);
  });

  it.each([
    [764, 370],
    [700, 380],
  ])("on a low canvas of %i by %i go without the words", (width, height) => {
    const { structure, layout } = drawn(image, width, height);
    expect([structure.isCaptioned, structure.queues.length, structure.hidden]).toEqual([false, 3, { topics: 0, groups: 0, lanes: 0, queues: 0 }]);
    expect(fitZoom(layout.bounds, { width, height })).toBeGreaterThanOrEqual(0.85);
  });

  it("a smaller frame shows the topic and the first queue, and says how many are left out", () => {
    const { structure } = drawn(image, 336, 105);
    expect([structure.topics.length, structure.queues.map(({ id }) => id), structure.hidden.queues, captionsOf(structure)]).toEqual([1, ["orders.queue"], 2, []]);
  });

  it("those behind an exchange stand to its right, and beside their receivers", () => {
    const { layout } = drawn(image, 1080, 620);
    const [exchange, s1, s2] = ["exchange:orders.fanout", "queue:s1.queue", "queue:s2.queue"].map((name) => layout.boxes[name]!);
    expect(s1!.x).toBeGreaterThan(exchange!.x + exchange!.width);
    expect(exchange!.y + exchange!.height / 2).toBeCloseTo((s1!.y + s2!.y + s2!.height) / 2);
    const middle = (name: string): number => layout.boxes[name]!.y + layout.boxes[name]!.height / 2;
    expect(Math.abs(middle("receiver:s1") - middle("queue:s1.queue"))).toBeLessThan(40);
  });

  it.each([
    ["wide", 1080, 620],
    ["narrow", 374, 900],
  ])("every wire on a %s canvas runs from its client's card to where a queue or an exchange takes messages in, or gives them out", (_, width, height) => {
    const { structure, layout } = drawn(image, width, height);
    const { wires, strokes } = sceneWires(structure, layout);
    const own = wires.filter(({ topic }) => topic.includes(":"));
    expect(own.map(({ id }) => id)).toEqual([...(structure.producers.length > 0 ? ["checkout>queue:orders.queue", "checkout>exchange:orders.fanout"] : []), "queue:orders.queue>r1", "queue:orders.queue>r2", "queue:s1.queue>s1", "queue:s2.queue>s2"]);
    for (const { client, topic, points, topicIndex } of own) {
      const card = layout.boxes[entityName(client.kind, client.id)]!;
      const [x, y] = points as [number, number];
      expect(x >= card.x - 0.01 && x <= card.x + card.width + 0.01 && y >= card.y - 0.01 && y <= card.y + card.height + 0.01).toBe(true);
      const box = layout.boxes[topic]!;
      const queue = structure.queues.find(({ id }) => topic === `queue:${id}`);
      expect(points.at(-1)).toBeCloseTo(box.y + (queue ? tubeY(layout.plan.metrics, queue) : box.height / 2));
      expect([box.x, box.x + box.width].some((side) => Math.abs(side - points.at(-2)!) < 0.01)).toBe(true);
      expect(topicIndex).toBeGreaterThanOrEqual(0);
    }
    const keys = tokenEdges(wires).map(({ client, topic, partition }) => `${client} ${topic} ${partition}`);
    expect(new Set(keys).size).toBe(keys.length);
    if (structure.exchanges.length > 0) expect(strokes.filter(({ id }) => id.startsWith("orders.fanout>"))).toHaveLength(2);
  });

  it("have their source above them on a phone, where there is no room beside them, and the exchange stands over its queues", () => {
    const { structure, layout } = drawn(image, 374, 526);
    expect([layout.plan.sources, layout.plan.readers]).toEqual(["above", "right"]);
    expect([structure.producers.length, structure.exchanges.length, structure.queues.length, structure.topics[0]?.lanes.length]).toEqual([1, 1, 3, 2]);
    const tops = ["producer:checkout", "topic:orders", "queue:orders.queue", "exchange:orders.fanout", "queue:s1.queue"].map((name) => layout.boxes[name as keyof typeof layout.boxes]!.y);
    expect(tops.toSorted((one, other) => one - other)).toEqual(tops);
  });

  it("are named for who cannot see them", () => {
    const { structure, layout } = drawn(image, 1080, 620);
    const labels = sceneNodes(structure, layout, new Set(), {}).map(({ id, ariaLabel }) => [id, ariaLabel]);
    for (const id of ["queue:orders.queue", "exchange:orders.fanout", "receiver:r1"]) expect(labels.find(([name]) => name === id)?.[1]).toBeTruthy();
  });
});

describe("a dead-letter queue", () => {
  it("is a row of the queue whose dead letters it has, until somebody receives from it or publishes to it", () => {
    const cluster = world(5);
    give(cluster, { type: "declareQueue", queue: { name: "dead", durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] } });
    let image = give(cluster, {
      type: "declareQueue",
      queue: { name: "work", durable: true, exclusive: false, autoDelete: false, arguments: { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "dead" }, bindings: [] },
    });
    const shape = (name: string) => readStructure(image).queues.find(({ id }) => id === name);
    expect([shape("dead"), shape("work")?.folded, shape("work")?.deadLetters]).toEqual([undefined, "dead", null]);
    image = give(cluster, { type: "addReceiver", receiver: { name: "undertaker", queue: "dead", prefetchCount: 1, noAck: false, priority: 0, processing: { timeMs: 10 } } });
    expect([shape("dead")?.id, shape("work")?.folded, shape("work")?.deadLetters]).toEqual(["dead", null, "queue:dead"]);
  });

  it("behind an exchange of its own takes that with it", () => {
    const cluster = world(5);
    give(cluster, { type: "declareExchange", exchange: { name: "dlx", type: "fanout", durable: true } });
    give(cluster, { type: "declareQueue", queue: { name: "dead", durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [{ exchange: "dlx", routingKey: "" }] } });
    const image = give(cluster, { type: "declareQueue", queue: { name: "work", durable: true, exclusive: false, autoDelete: false, arguments: { "x-dead-letter-exchange": "dlx" }, bindings: [] } });
    const { queues, exchanges } = readStructure(image);
    expect([queues.find(({ id }) => id === "work")?.folded, queues.some(({ id }) => id === "dead"), exchanges.map(({ id }) => id)]).toEqual(["dead", false, ["orders.fanout"]]);
  });
});

describe("wiring, adding and deleting by hand", () => {
  it("a producer is joined to a queue and an exchange, and parted again; the core does it", () => {
    const cluster = world(5);
    let image = give(cluster, disconnectCommand(projectCluster(cluster), "producer:checkout", "queue:orders.queue"));
    expect(image.producers.get("checkout")?.spec.publishes?.targets).toEqual([{ exchange: "orders.fanout", routingKey: "" }]);
    expect(connectCommand(image, "exchange:orders.fanout", "producer:checkout")).toBe("already");
    image = give(cluster, disconnectCommand(image, "producer:checkout", "exchange:orders.fanout"));
    expect(image.producers.get("checkout")?.spec.publishes).toBeUndefined();
    image = give(cluster, connectCommand(image, "queue:orders.queue", "producer:checkout"));
    expect(image.producers.get("checkout")?.spec.publishes).toMatchObject({ targets: [{ exchange: "", routingKey: "orders.queue" }], confirms: true, persistent: true });
  });

  it("a queue is bound and unbound", () => {
    const cluster = world(5);
    let image = give(cluster, connectCommand(projectCluster(cluster), "exchange:orders.fanout", "queue:orders.queue"));
    expect(image.exchanges.get("orders.fanout")?.queues).toEqual(["orders.queue", "s1.queue", "s2.queue"]);
    image = give(cluster, disconnectCommand(image, "exchange:orders.fanout", "queue:orders.queue"));
    expect(image.exchanges.get("orders.fanout")?.queues).toEqual(["s1.queue", "s2.queue"]);
  });

  it("what cannot be joined says why, and is not drawn", () => {
    const image = projectCluster(world(5));
    const said = (from: string, to: string) => [connectCommand(image, from, to), canDrawWire(from, to)];
    expect(said("exchange:orders.fanout", "receiver:r1")).toEqual(["exchangeToReceiver", false]);
    expect(said("queue:s1.queue", "receiver:r1")).toEqual(["receiverOfOneQueue", false]);
    expect(said("queue:orders.queue", "group:billing")).toEqual(["queueToGroup", false]);
    expect(said("producer:checkout", "receiver:r1")).toEqual(["producerToReceiver", false]);
    expect(said("topic:orders", "receiver:r1")).toEqual(["topicToReceiver", false]);
    expect(disconnectCommand(image, "queue:orders.queue", "receiver:r1")).toBe("receiverNeedsQueue");
  });

  it.each(["queue", "exchange", "receiver"])("a new %s works at once", (kind) => {
    const cluster = world(5);
    const addition = kindNamed(kind)!.addition!.make(projectCluster(cluster), []);
    for (const command of addition.commands) give(cluster, command);
    runUntil(cluster, cluster.nowUs + 20_000_000);
    const { receivers } = projectCluster(cluster);
    expect([...receivers.values()].at(-1)?.worked).toBeGreaterThan(0);
    expect(allKinds().some(({ name, field }) => name === addition.added.kind && ((projectCluster(cluster) as unknown as Record<string, ReadonlyMap<string, unknown>>)[field]?.has(addition.added.id)))).toBe(true);
  });

  it("a late subscriber at the exchange gets nothing of before", () => {
    const cluster = world(20);
    const { commands, added } = kindNamed("queue")!.addition!.make(projectCluster(cluster), [], "orders.fanout");
    for (const command of commands) give(cluster, command);
    expect(projectCluster(cluster).queues.get(added.id)?.audit.neverGot).toBeGreaterThan(10);
  });

  it("a queue goes with its receivers", () => {
    const cluster = world(5);
    let image = projectCluster(cluster);
    for (const command of deleteCommands(image, ["queue:orders.queue"])) image = give(cluster, command);
    expect([image.queues.has("orders.queue"), image.receivers.has("r1"), image.receivers.has("r2"), image.receivers.has("s1")]).toEqual([false, false, false, true]);
  });
});

describe("kinds that come later", () => {
  it("are offered before they are there, asked for by a picture that has them, and then stand in their place", async () => {
    fillKinds(entityKinds, laterKinds);
    const image = projectCluster(world(1));
    expect([lacksKinds(image), lacksKinds({ ...image, isAmqpUp: null })]).toEqual([true, false]);
    expect(readStructure(image).topics).toEqual([]);
    const offered = kindOffers();
    expect(offered.more.map(({ name }) => name)).toEqual(["queue", "exchange", "receiver"]);
    await loadLaterKinds();
    expect(kindOffers()).toEqual(offered);
    expect(allKinds().map(({ name }) => name)).toEqual(["producer", "topic", "exchange", "queue", "group", "consumer", "receiver"]);
    expect([lacksKinds(image), readStructure(image).queues.length]).toEqual([false, 3]);
  });
});
