import { describe, expect, it } from "vitest";
import { applyDelta } from "../../store/readModel";
import { diffImages } from "./delta";
import { randomCommand, randomSpec } from "../check/random/randomWorld";
import { bootCluster } from "../world/boot";
import type { Looks } from "./entityKind";
import type { ClusterImage } from "./image";
import { idsOf } from "../check/checkpointInvariants";
import { project, projectCluster } from "./project";
import { runUntil } from "../world/kernel/run";
import { submit } from "../world/submit";
import { nextBelow, randomStream } from "../sim/random";
import { groupWorld, numbered, TestWorld } from "../world/testWorld";

describe("IMG-1 an image and what changed since is the next image", () => {
  for (let seed = 1; seed <= 8; seed++) {
    it(`in a random world, seed ${seed}`, () => {
      const cluster = bootCluster(randomSpec(seed));
      const random = randomStream(seed, "image test");
      let drawn = project(cluster, null);
      let page = drawn.image;
      for (let frame = 0; frame < 60; frame++) {
        const before = page;
        runUntil(cluster, cluster.nowUs + 1 + nextBelow(random, 700_000));
        if (nextBelow(random, 2) === 0) submit(cluster, randomCommand(cluster.topology, random));
        const sentences = JSON.stringify(before);
        const next = project(cluster, drawn);
        const { image } = next;
        expect({ ...image, messages: projectCluster(cluster).messages }).toEqual(projectCluster(cluster));
        page = applyDelta(page, structuredClone(diffImages(drawn.image, image)));
        drawn = next;
        expect(page).toEqual(image);
        expect(idsOf(page)).toEqual(idsOf(image));
        expect(JSON.stringify(before)).toBe(sentences);
      }
    });
  }

  it("given no change, then there is nothing to say; what did not change keeps its identity", () => {
    const world = groupWorld();
    world.run(100);
    const drawn = project(world.cluster, null);
    const { image } = drawn;
    expect(diffImages(image, project(world.cluster, drawn).image)).toEqual({});
    world.run(1);
    expect(Object.keys(diffImages(image, project(world.cluster, drawn).image))).toEqual(["clock"]);
    expect(applyDelta(image, { clock: { timeUs: 1 } }).consumers).toBe(image.consumers);
  });

  it("given a group that was removed and made again between two images, then it stands at the end, and only what changed is sent", () => {
    const world = new TestWorld();
    const add = (groupId: string): void => world.give({ type: "addGroup", group: { groupId, topics: ["orders"], configs: {} } });
    ["first", "second", "third"].forEach(add);
    const drawn = project(world.cluster, null);
    const before = drawn.image;
    world.give({ type: "removeGroup", groupId: "first" });
    add("first");
    const now = project(world.cluster, drawn).image;
    const delta = diffImages(before, now);
    expect(delta.groups?.ids).toEqual(["second", "third", "first"]);
    expect(delta).not.toHaveProperty("topics");
    const shown = applyDelta(before, delta);
    expect(shown).toEqual(now);
    expect(idsOf(shown)).toEqual(idsOf(now));
    expect(shown.topics).toBe(before.topics);
  });

  it("given a new topic before the internal ones, then those keep their identity and their place behind it", () => {
    const world = groupWorld();
    world.run(100);
    const drawn = project(world.cluster, null);
    const before = drawn.image;
    world.give({ type: "createTopic", topic: { name: "payments", partitions: 1, configs: {} } });
    const shown = applyDelta(before, diffImages(before, project(world.cluster, drawn).image));
    expect([...shown.topics.keys()]).toEqual(["orders", "payments", "__consumer_offsets"]);
    expect(shown.topics.get("__consumer_offsets")).toBe(before.topics.get("__consumer_offsets"));
  });
});

describe("IMG-12 a picture of what is looked at", () => {
  const withoutRecords = ({ partitions, producers, consumers, ...rest }: ClusterImage, looks: Looks): object => ({
    ...rest,
    partitions: new Map(Array.from(partitions, ([id, image]) => [id, looks.partitions.has(id) ? image : { ...image, tail: [] }])),
    producers: new Map(Array.from(producers, ([id, image]) => [id, looks.producers.has(id) ? image : { ...image, decisions: [] }])),
    consumers: new Map(Array.from(consumers, ([id, image]) => [id, looks.consumers.has(id) ? image : { ...image, waiting: [], pooled: [] }])),
    messages: [],
  });

  it.each([1, 2, 3, 4])("has all figures, and the records of nothing else, whatever was looked at before: seed %i", (seed) => {
    const cluster = bootCluster(randomSpec(seed));
    const random = randomStream(seed, "looks");
    const some = (names: Iterable<string>): ReadonlySet<string> => new Set([...names].filter(() => nextBelow(random, 2) === 0));
    let drawn = project(cluster, null);
    let page = drawn.image;
    for (let frame = 0; frame < 30; frame++) {
      runUntil(cluster, cluster.nowUs + 1 + nextBelow(random, 700_000));
      if (nextBelow(random, 3) === 0) submit(cluster, randomCommand(cluster.topology, random));
      const all = projectCluster(cluster);
      const looks = { partitions: some(all.partitions.keys()), producers: some(all.producers.keys()), consumers: some(all.consumers.keys()) };
      const next = project(cluster, drawn, looks);
      expect(next.image).toEqual(withoutRecords(all, looks));
      page = applyDelta(page, structuredClone(diffImages(drawn.image, next.image)));
      expect(page).toEqual(next.image);
      drawn = next;
    }
  });
});

describe("IMG-2 an image", () => {
  it("given a consumer in its work, then it shows the record, what waits behind it, and where the group stands", () => {
    const world = groupWorld({ timeMs: 100 });
    world.run(100);
    world.send(numbered(1, 20), "key-1");
    world.run(156);
    const image = projectCluster(world.cluster);
    const consumer = image.consumers.get("c1");
    expect(consumer).toMatchObject({ phase: "active", processed: 1, waitingCount: 18, inWork: { topic: "orders", partition: 0, offset: 1, key: "key-1" }, why: { id: "why.processing" } });
    expect(consumer?.waiting.map(({ offset }) => offset)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(consumer?.assignment).toEqual([{ topic: "orders", partition: 0, position: 20 }]);
    expect(image.partitions.get("orders-0")?.tracks).toEqual([{ groupId: "g", nextOffset: 1, committedOffset: -1, waiting: 19, lag: null, owner: "c1" }]);
    expect(image.groups.get("g")).toMatchObject({ letter: 0, state: "Stable", generationId: 1, protocolName: "range", leader: "c1", consumers: ["c1"], waiting: 19, lag: null, processed: 1, rebalances: 1 });
    expect(image.audit.get("g/orders")).toMatchObject({ acknowledged: 20, processed: 1, waiting: 19 });
    expect(image.topics.get("orders")).toMatchObject({ partitions: 1, recordCount: 20, internal: false });
    expect(image.producers.get("p")).toMatchObject({ sent: 20, acknowledged: 20, failed: 0, buffered: 0, requestsInFlight: 0 });
  });

  it("given a pool, then it shows what each of its workers has, and no record twice or nowhere", () => {
    const world = groupWorld({ timeMs: 100 });
    world.run(100);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 100, workers: 4 } });
    world.run(5000);
    world.send(numbered(1, 20), "key-1");
    world.run(156);
    const consumer = projectCluster(world.cluster).consumers.get("c1");
    const { inWork, pooled = [], waiting = [], waitingCount = 0, pooledCount, processed = 0 } = consumer ?? {};
    expect([inWork, ...pooled].map((work) => work?.offset)).toEqual([4, 5, 6, 7]);
    expect([pooledCount, processed, processed + 4 + waitingCount]).toEqual([3, 4, 20]);
    expect(waiting.map(({ offset }) => offset)).toEqual(Array.from({ length: 12 }, (_, at) => 8 + at));
    expect(consumer?.why).toEqual({ id: "why.pool", params: { count: 4, workers: 4 } });
  });

  it("given a handler that does not return, then it says so, and when the group goes on without it", () => {
    const world = groupWorld({ timeMs: 100, configs: { "max.poll.interval.ms": 9000 } });
    world.run(100);
    world.give({ type: "alterConsumer", clientId: "c1", processing: { timeMs: 100, failure: { how: "stall", keys: ["poison"] } } });
    world.run(5000);
    world.send(["a"], "poison");
    world.run(500);
    expect(projectCluster(world.cluster).consumers.get("c1")).toMatchObject({ inWork: { key: "poison" }, why: { id: "why.stalled", params: { group: "g", timeoutS: 9 } } });
  });

  it("given a log of more than 24 records, then its tail is the newest 24, oldest first", () => {
    const world = groupWorld({ members: 0 });
    world.run(10);
    world.send(numbered(1, 30));
    world.run(10);
    expect(projectCluster(world.cluster).partitions.get("orders-0")?.tail.map(({ value }) => value)).toEqual(numbered(7, 30));
  });

  it("given a key, then its way to the partition is explained with the hash, and its colour follows the order of keys", () => {
    const world = groupWorld({ partitions: 3 });
    world.run(10);
    world.send(["a"], "key-3");
    world.run(10);
    world.send(["b"], "key-4");
    world.send(["c"], null);
    world.run(10);
    const [unkeyed, second, first] = projectCluster(world.cluster).producers.get("p")?.decisions ?? [];
    expect(first).toMatchObject({ key: "key-3", partition: 2, partitions: 3, colour: 0 });
    expect(second).toMatchObject({ key: "key-4", partition: 0, colour: 1 });
    expect(first?.hash === null ? null : (first?.positive ?? 0) % 3).toBe(2);
    expect(unkeyed).toMatchObject({ key: null, colour: -1, hash: null, batchSizeInBytes: 16_384 });
  });

  it("given more members than partitions, then the idle one says why", () => {
    const world = groupWorld({ members: 2 });
    world.run(4000);
    expect(projectCluster(world.cluster).consumers.get("c2")).toMatchObject({ phase: "idle", assignment: [], why: { id: "why.idle", params: { consumers: 2, partitions: 1, group: "g" } } });
  });

  it("given a member that was put out of its group and still works, then the partition belongs to the other", () => {
    const world = groupWorld({ configs: { "max.poll.interval.ms": 300, "heartbeat.interval.ms": 100 } });
    world.run(50);
    // The younger one owns the partition, because its member id sorts first.
    world.give({ type: "addConsumer", consumer: { clientId: "a1", groupId: "g", processing: { timeMs: 100 } } });
    world.run(500);
    world.send(numbered(1, 20));
    world.run(50);
    const owner = (): unknown => projectCluster(world.cluster).partitions.get("orders-0")?.tracks[0]?.owner;
    expect(owner()).toBe("a1");
    world.run(500);
    expect(world.owned()).toEqual({ a1: ["orders-0"], c1: ["orders-0"] });
    expect(owner()).toBe("c1");
  });

  it("IMG-3 given messages on their way, then each is shown with what it carries, heartbeats and metadata not", () => {
    const world = groupWorld({ configs: { "heartbeat.interval.ms": 1 } });
    world.run(100);
    world.send(["a", "b"], "key-1");
    world.run(1);
    const { messages } = projectCluster(world.cluster);
    expect(messages).toEqual([
      {
        id: expect.any(Number) as number,
        api: "Produce",
        kind: "request",
        client: "p",
        broker: 1,
        sentUs: 101_000,
        arriveUs: 102_000,
        parts: [{ topic: "orders", partition: 0, offset: -1, count: 2, colours: [0, 0] }],
      },
    ]);
    world.run(1);
    expect(projectCluster(world.cluster).messages.map(({ api, kind, client, parts }) => [api, kind, client, parts[0]?.offset, parts[0]?.count])).toEqual([
      ["Produce", "response", "p", 0, 0],
      ["Fetch", "response", "c1", 0, 2],
    ]);
  });

  it("IMG-4 given a rebalance, then one sentence says how it ended, until the scene is described again", () => {
    const world = groupWorld({ partitions: 2, configs: { "heartbeat.interval.ms": 100 } });
    world.run(1000);
    world.give({ type: "addConsumer", consumer: { clientId: "c2", groupId: "g", processing: { timeMs: 1 } } });
    expect(projectCluster(world.cluster).narration).toEqual({ id: "member.joined", params: { consumer: "c2", group: "g" } });
    world.run(1000);
    expect(projectCluster(world.cluster).narration).toEqual({ id: "rebalance.done.gained", params: { consumer: "c2", group: "g", partitions: "P1", assignor: "range", generation: 2, pauseMs: expect.any(Number) as number } });
    world.run(12_000);
    expect(projectCluster(world.cluster).narration).toEqual({ id: "scene.queue.balanced", params: { members: 2, partitions: 2 } });
  });
});
