import { describe, expect, it } from "vitest";
import { digest } from "../sim/digest";
import { nextBelow, randomStream, type RandomStream } from "../sim/random";
import type { Command } from "./command";
import { advance, beginHistory, give, isAtHead, position, restoreFuture, rewindBefore, seek, timelineOf, type History } from "./history";
import { copyCluster } from "./cluster";
import { randomCommand, randomSpec } from "./randomWorld";
import { stepBack, stepForward } from "./stepping";

const SECOND_US = 1_000_000;

/** A straight run with random commands, given at random moments: some after a pause, some inside a busy instant. */
function straightRun(seed: number, endUs: number): History {
  const random = randomStream(seed, "history test");
  const history = beginHistory(randomSpec(seed));
  while (history.cluster.nowUs < endUs) {
    advance(history, Math.min(endUs, history.cluster.nowUs + 1 + nextBelow(random, 3 * SECOND_US)), budget(random));
    if (nextBelow(random, 3) === 0) give(history, randomCommand(history.cluster.topology, random) as Command);
  }
  advance(history, endUs);
  return history;
}

/** Mostly unbounded; sometimes so small that the run stops in the middle of an instant. */
function budget(random: RandomStream): number {
  return nextBelow(random, 4) === 0 ? 1 + nextBelow(random, 40) : Infinity;
}

describe("HIS-1 seeking and running on equals running straight", () => {
  for (let seed = 1; seed <= 25; seed++) {
    it(`seed ${seed}`, () => {
      const endUs = 40 * SECOND_US;
      const history = straightRun(seed, endUs);
      const straight = digest(history.cluster);
      const random = randomStream(seed, "seeks");
      for (let count = 0; count < 6; count++) {
        seek(history, nextBelow(random, endUs));
        if (nextBelow(random, 2) === 0) seek(history, nextBelow(random, endUs));
        advance(history, endUs, 1 + nextBelow(random, 500));
        advance(history, endUs);
        expect(digest(history.cluster)).toBe(straight);
      }
    });
  }

  it("from every checkpoint, and from the journal alone", () => {
    const endUs = 120 * SECOND_US;
    const history = straightRun(82, endUs);
    const straight = digest(history.cluster);
    expect(history.checkpoints.length).toBeGreaterThan(2);
    for (const checkpoint of [...history.checkpoints]) {
      history.cluster = copyCluster(checkpoint.cluster);
      history.applied = checkpoint.applied;
      advance(history, endUs);
      expect(digest(history.cluster)).toBe(straight);
    }
    const repeated = beginHistory(randomSpec(82), history.journal);
    advance(repeated, endUs);
    expect(digest(repeated.cluster)).toBe(straight);
  });
});

describe("HIS-2 a seek shows the same moment each time", () => {
  it("in whatever order", () => {
    const history = straightRun(5, 30 * SECOND_US);
    const seen = new Map<number, string>();
    const random = randomStream(5, "moments");
    for (let count = 0; count < 40; count++) {
      const timeUs = nextBelow(random, 12) * 2_500_000;
      seek(history, timeUs);
      expect(history.cluster.nowUs).toBe(timeUs);
      const before = seen.get(timeUs);
      if (before === undefined) seen.set(timeUs, digest(history.cluster));
      else expect(digest(history.cluster)).toBe(before);
    }
  });

  it("the timeline keeps showing the future", () => {
    const history = straightRun(6, 30 * SECOND_US);
    const timeline = timelineOf(history);
    seek(history, 10 * SECOND_US);
    expect(timelineOf(history)).toEqual(timeline);
    expect(isAtHead(history)).toBe(false);
    advance(history, 30 * SECOND_US);
    expect(timelineOf(history)).toEqual(timeline);
    expect(isAtHead(history)).toBe(true);
  });
});

describe("HIS-3 doing something else in the past forks", () => {
  it("drops the old future, and gives it back", () => {
    const history = straightRun(9, 30 * SECOND_US);
    const straight = digest(history.cluster);
    const journal = history.journal.slice();
    seek(history, 12 * SECOND_US);
    const there = digest(history.cluster);
    const { problem, dropped } = give(history, { type: "addGroup", group: { groupId: "fork", topics: [], configs: {} } });
    expect(problem).toBeNull();
    expect(dropped?.journal).toEqual(journal.filter(({ timeUs }) => timeUs > 12 * SECOND_US));
    advance(history, 20 * SECOND_US);
    expect(history.head.timeUs).toBe(20 * SECOND_US);
    if (!dropped) throw new Error("nothing was dropped");
    restoreFuture(history, dropped);
    expect(digest(history.cluster)).toBe(there);
    expect(history.journal).toEqual(journal);
    advance(history, 30 * SECOND_US);
    expect(digest(history.cluster)).toBe(straight);
  });

  it("gives all of it back, also where the fork ended sooner and saw more commands", () => {
    const history = beginHistory(randomSpec(9));
    advance(history, 30 * SECOND_US);
    const straight = digest(history.cluster);
    seek(history, 12 * SECOND_US);
    const { dropped } = give(history, { type: "addGroup", group: { groupId: "fork", topics: [], configs: {} } });
    if (!dropped) throw new Error("nothing was dropped");
    advance(history, 14 * SECOND_US);
    restoreFuture(history, dropped);
    expect(history.head.timeUs).toBe(30 * SECOND_US);
    seek(history, 30 * SECOND_US);
    expect(isAtHead(history)).toBe(true);
    expect(digest(history.cluster)).toBe(straight);
  });

  it("a refused command drops nothing", () => {
    const history = straightRun(9, 30 * SECOND_US);
    seek(history, 12 * SECOND_US);
    const before = digest(history.cluster);
    expect(give(history, { type: "deleteTopic", topic: "no such topic" }).problem?.reason).toBe("unknownTopic");
    expect(digest(history.cluster)).toBe(before);
    expect(history.head.timeUs).toBe(30 * SECOND_US);
  });

  it("rewinding before a command is as if it had not been given", () => {
    const history = beginHistory(randomSpec(3));
    advance(history, 8 * SECOND_US);
    const before = digest(history.cluster);
    give(history, { type: "addGroup", group: { groupId: "late", topics: [], configs: {} } });
    advance(history, 15 * SECOND_US);
    rewindBefore(history, history.journal.length - 1);
    expect(digest(history.cluster)).toBe(before);
    expect(history.journal).toEqual([]);
    expect(isAtHead(history)).toBe(true);
  });
});

describe("HIS-4 stepping", () => {
  it("goes from visible event to visible event, and back over the same ones", () => {
    const history = straightRun(4, 20 * SECOND_US);
    seek(history, 10 * SECOND_US);
    const forward: string[] = [];
    for (let count = 0; count < 30; count++) {
      stepForward(history);
      forward.push(digest(position(history)));
    }
    const back: string[] = [];
    for (let count = 0; count < 29; count++) {
      stepBack(history);
      back.push(digest(position(history)));
    }
    expect(back).toEqual(forward.slice(0, -1).reverse());
    advance(history, 20 * SECOND_US);
    expect(digest(history.cluster)).toBe(digest(straightRun(4, 20 * SECOND_US).cluster));
  });
});
