import { describe, expect, it } from "vitest";
import type { FetchRequest } from "../../kafka/api/fetch";
import { groupWorld, numbered, type TestWorld } from "../../world/testWorld";
import { recordsHeld } from "./consumer";

/** Fetches that asked from these offsets of a partition. */
const asked = (world: TestWorld, partition = 0): (number | undefined)[] =>
  world.arrivals
    .map(({ request }) => request)
    .filter((request): request is FetchRequest => request.api === "Fetch")
    .map(({ topics }) => topics[0]?.partitions.find((part) => part.partition === partition)?.fetchOffset);

describe("FET-7 poll()", () => {
  it("given max.poll.records=4 and ten records in the log, then one Fetch gets all ten, and three polls return 4, 4 and 2", () => {
    const world = groupWorld({ members: 0, configs: { "max.poll.records": 4, "enable.auto.commit": false } });
    world.run(10);
    world.send(numbered(0, 9));
    world.run(10);
    world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "g", processing: { timeMs: 10 } } });
    while (world.deliveries.length === 0) world.run(1);
    const { polled, completedFetches, partitions } = world.consumer("c1");
    const count = (ranges: readonly { readonly next: number; readonly end: number }[]): number => ranges.reduce((sum, { next, end }) => sum + end - next, 0);
    expect([count(polled), count(completedFetches), partitions.get("orders-0")?.position, recordsHeld(world.consumer("c1"))]).toEqual([3, 6, 4, 9]);
    world.run(200);
    const commits = world.arrivals.flatMap(({ request }) => (request.api === "OffsetCommit" ? request.topics[0]?.partitions[0]?.committedOffset : []));
    expect(commits).toEqual([4, 8, 10]);
    expect(asked(world).slice(0, 2)).toEqual([0, 10]);
  });

  it("given all that was fetched is returned, then the next Fetch is on its way while the application works, and only one", () => {
    const world = groupWorld({ timeMs: 400 });
    world.run(50);
    world.send(["0"]);
    world.run(10);
    world.send(["1"]);
    world.run(10);
    world.send(["2"]);
    world.run(100);
    expect(world.deliveries).toEqual([]);
    // Nothing, then the first record, and ahead of its time the second: the third comes when poll() asks again.
    expect(asked(world)).toEqual([0, 1]);
    expect(recordsHeld(world.consumer("c1"))).toBe(3 - 1);
    world.run(1300);
    expect(world.values()).toEqual(["0", "1", "2"]);
  });

  it("given two partitions and room for one batch in an answer, then they are served in turn", () => {
    const world = groupWorld({ partitions: 2, members: 0, configs: { "fetch.max.bytes": 1 } });
    world.run(10);
    for (let round = 0; round < 10; round++) {
      world.send([`a${round}`], "key-0");
      world.send([`b${round}`], "key-1");
      world.run(5);
    }
    world.give({ type: "addConsumer", consumer: { clientId: "c1", groupId: "g", processing: { timeMs: 1 } } });
    world.run(30);
    const order = world.values().map((value) => value[0]);
    expect(order.slice(0, 6).sort()).toEqual(["a", "a", "a", "b", "b", "b"]);
    expect(order.every((letter, index) => letter !== order[index - 1])).toBe(true);
  });

  it("given an answer for a partition that was given up meanwhile, then its records are dropped", () => {
    const world = groupWorld({ partitions: 1, configs: { "fetch.min.bytes": 1 } });
    world.run(50);
    const consumer = world.consumer("c1");
    world.send(["0"]);
    world.run(2);
    consumer.partitions.clear();
    world.run(5);
    expect(recordsHeld(consumer)).toBe(0);
  });
});
