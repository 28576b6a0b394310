import { describe, expect, it } from "vitest";
import { clone } from "./clone";
import { eventQueue, makeRoom, nextTimeUs, pendingEvents, schedule, takeNext, type EventQueue } from "./eventQueue";
import { nextBelow, randomStream } from "./random";

function drain(queue: EventQueue<string>): string[] {
  const events: string[] = [];
  while (queue.size > 0) events.push(takeNext(queue));
  return events;
}

describe("SIM-8 the event queue", () => {
  it("given events at one moment among others, then they run by time, and at one moment in the order they were scheduled", () => {
    const queue = eventQueue<string>();
    for (const [timeUs, name] of [[5, "a"], [3, "b"], [5, "c"], [1, "d"], [3, "e"], [5, "f"]] as const) schedule(queue, timeUs, name);
    expect(nextTimeUs(queue)).toBe(1);
    expect(drain(queue)).toEqual(["d", "b", "e", "a", "c", "f"]);
    expect(nextTimeUs(queue)).toBe(Infinity);
  });

  it("given a thousand events at a few moments, taken and scheduled by turns, then the order is that of a stable sort", () => {
    const queue = eventQueue<string>();
    const random = randomStream(1, "queue test");
    const waiting: { timeUs: number; name: string }[] = [];
    const expected: string[] = [];
    const taken: string[] = [];
    for (let number = 0; number < 1000; number++) {
      const timeUs = nextBelow(random, 20);
      waiting.push({ timeUs, name: `${number}` });
      schedule(queue, timeUs, `${number}`);
      if (nextBelow(random, 3) > 0) continue;
      // `toSorted` is stable.
      const [first] = waiting.toSorted((one, other) => one.timeUs - other.timeUs);
      waiting.splice(waiting.findIndex(({ name }) => name === first?.name), 1);
      expected.push(first?.name ?? "");
      taken.push(takeNext(queue));
    }
    expect(taken).toEqual(expected);
    expect(drain(queue)).toEqual(waiting.toSorted((one, other) => one.timeUs - other.timeUs).map(({ name }) => name));
  });

  it("given a full queue, when room is made, then only what is wanted stays, in its order, and room for as much again", () => {
    const queue = eventQueue<string>();
    const random = randomStream(2, "queue test");
    const all = Array.from({ length: queue.times.length }, (_, number) => ({ timeUs: nextBelow(random, 20), name: `${number}` }));
    const isWanted = (name: string): boolean => Number(name) % 5 !== 0;
    for (const { timeUs, name } of all.slice(0, -1)) schedule(queue, timeUs, name);
    makeRoom(queue, isWanted);
    expect(queue.size).toBe(all.length - 1);
    for (const { timeUs, name } of all.slice(-1)) schedule(queue, timeUs, name);
    makeRoom(queue, isWanted);
    const wanted = all.filter(({ name }) => isWanted(name));
    expect(queue.size).toBe(wanted.length);
    expect(queue.times.length).toBe(all.length * 2);
    schedule(queue, 7, "last");
    expect(drain(queue)).toEqual([...wanted, { timeUs: 7, name: "last" }].toSorted((one, other) => one.timeUs - other.timeUs).map(({ name }) => name));
  });

  it("given a full queue of which less than half is wanted, when room is made, then it does not grow", () => {
    const queue = eventQueue<string>();
    const capacity = queue.times.length;
    for (let number = 0; number < capacity; number++) schedule(queue, number, `${number}`);
    makeRoom(queue, (name) => Number(name) < 3);
    expect(queue.times.length).toBe(capacity);
    expect(queue.payloads).toHaveLength(3);
    expect(drain(queue)).toEqual(["0", "1", "2"]);
  });

  it("a copy runs on by itself", () => {
    const queue = eventQueue<string>();
    schedule(queue, 1, "a");
    const copy = clone(queue);
    schedule(queue, 0, "b");
    takeNext(queue);
    expect([...pendingEvents(copy)]).toEqual(["a"]);
    expect(drain(copy)).toEqual(["a"]);
    expect(drain(queue)).toEqual(["a"]);
  });
});
