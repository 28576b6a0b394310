import { describe, expect, it } from "vitest";
import { clone } from "./clone";
import { eventQueue, nextTimeUs, pendingEvents, reschedule, schedule, takeNext, unschedule, type EventQueue } from "./eventQueue";
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

  it("given events that are moved and taken out at random, then the others keep their order, and what was moved comes behind all at its new time", () => {
    const queue = eventQueue<string>();
    const random = randomStream(2, "queue test");
    const waiting: { timeUs: number; name: string; slot: number }[] = [];
    const inOrder = (): typeof waiting => waiting.toSorted((one, other) => one.timeUs - other.timeUs);
    const taken: string[] = [];
    const expected: string[] = [];
    for (let number = 0; number < 2000; number++) {
      const timeUs = nextBelow(random, 20);
      const at = nextBelow(random, waiting.length + 1);
      const one = waiting[at];
      switch (nextBelow(random, 5)) {
        case 0:
          if (one === undefined) break;
          reschedule(queue, one.slot, timeUs);
          waiting.splice(at, 1);
          waiting.push({ ...one, timeUs });
          break;
        case 1:
          if (one === undefined) break;
          unschedule(queue, one.slot);
          waiting.splice(at, 1);
          break;
        case 2: {
          const [first] = inOrder();
          if (!first) break;
          waiting.splice(waiting.indexOf(first), 1);
          expected.push(first.name);
          taken.push(takeNext(queue));
          break;
        }
        default:
          waiting.push({ timeUs, name: `${number}`, slot: schedule(queue, timeUs, `${number}`) });
      }
      expect(queue.size).toBe(waiting.length);
      expect(nextTimeUs(queue)).toBe(inOrder()[0]?.timeUs ?? Infinity);
    }
    expect(taken).toEqual(expected);
    expect(drain(queue)).toEqual(inOrder().map(({ name }) => name));
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
