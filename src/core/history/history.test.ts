import { worldDigest } from "../world/worldDigest";
import { describe, expect, it } from "vitest";
import { digest } from "../sim/digest";
import { nextBelow, randomStream, type RandomStream } from "../sim/random";
import type { Command } from "../world/command";
import { advance, finish, targetBefore, windTo, type WindEnd } from "./winding";
import { appliedCommands, isAtHead, position, timelineOf, type History } from "./history";
import { beginHistory } from "./begin";
import { dropFuture, type DroppedFuture, swapFuture } from "./future";
import { give } from "./give";
import { copyCluster } from "../world/cluster";
import { randomCommand, randomSpec } from "../check/random/randomWorld";
import { stepBack, stepForward } from "./stepping";

const SECOND_US = 1_000_000;

function seek(history: History, timeUs: number): void {
  expect(finish(windTo(history, { timeUs, eventCount: null, applied: null }))).toBe("there");
}

function state(history: History): unknown {
  const { cluster, applied, journal, checkpoints, head } = history;
  return { cluster: worldDigest(cluster), applied, journal, checkpoints, head: [head.timeUs, head.eventCount, head.applied], timeline: timelineOf(history) };
}

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
      const straight = worldDigest(history.cluster);
      const random = randomStream(seed, "seeks");
      for (let count = 0; count < 6; count++) {
        seek(history, nextBelow(random, endUs));
        if (nextBelow(random, 2) === 0) seek(history, nextBelow(random, endUs));
        advance(history, endUs, 1 + nextBelow(random, 500));
        advance(history, endUs);
        expect(worldDigest(history.cluster)).toBe(straight);
      }
    });
  }

  it("from every checkpoint, and from the journal alone", () => {
    const endUs = 480 * SECOND_US;
    const history = straightRun(82, endUs);
    const straight = worldDigest(history.cluster);
    expect(history.checkpoints.length).toBeGreaterThan(2);
    for (const checkpoint of [...history.checkpoints]) {
      history.cluster = copyCluster(checkpoint.cluster);
      history.applied = checkpoint.applied;
      advance(history, endUs);
      expect(worldDigest(history.cluster)).toBe(straight);
    }
    const repeated = beginHistory(randomSpec(82), history.journal);
    advance(repeated, endUs);
    expect(worldDigest(repeated.cluster)).toBe(straight);
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
      if (before === undefined) seen.set(timeUs, worldDigest(history.cluster));
      else expect(worldDigest(history.cluster)).toBe(before);
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
  const fork = (history: History, groupId: string): DroppedFuture => {
    const { problem, dropped } = give(history, { type: "addGroup", group: { groupId, topics: [], configs: {} } });
    expect(problem).toBeNull();
    if (!dropped) throw new Error("nothing was dropped");
    return dropped;
  };

  it("drops the old future, and gives it back", () => {
    const history = straightRun(9, 30 * SECOND_US);
    const straight = worldDigest(history.cluster);
    const journal = history.journal.slice();
    const checkpoints = history.checkpoints.slice();
    seek(history, 12 * SECOND_US);
    const there = worldDigest(history.cluster);
    const dropped = fork(history, "fork");
    expect(dropped.journal).toEqual(journal.filter(({ timeUs }) => timeUs > 12 * SECOND_US));
    advance(history, 20 * SECOND_US);
    expect(history.head.timeUs).toBe(20 * SECOND_US);
    swapFuture(history, dropped);
    expect(worldDigest(history.cluster)).toBe(there);
    expect(history.journal).toEqual(journal);
    expect(history.checkpoints).toEqual(checkpoints);
    expect(history.head.timeUs).toBe(30 * SECOND_US);
    advance(history, 30 * SECOND_US);
    expect(worldDigest(history.cluster)).toBe(straight);
  });

  it("gives all of it back, also where the fork ended sooner and saw more commands", () => {
    const history = beginHistory(randomSpec(9));
    advance(history, 30 * SECOND_US);
    const straight = worldDigest(history.cluster);
    seek(history, 12 * SECOND_US);
    const dropped = fork(history, "fork");
    advance(history, 14 * SECOND_US);
    swapFuture(history, dropped);
    expect(history.head.timeUs).toBe(30 * SECOND_US);
    seek(history, 30 * SECOND_US);
    expect(isAtHead(history)).toBe(true);
    expect(worldDigest(history.cluster)).toBe(straight);
  });

  it("futures have names: each of several comes back as itself, and what it took the place of, too", () => {
    const history = straightRun(9, 30 * SECOND_US);
    const [first, second] = ["first", "second"].map((groupId) => {
      seek(history, (groupId === "first" ? 20 : 10) * SECOND_US);
      const dropped = fork(history, groupId);
      advance(history, 25 * SECOND_US);
      return { dropped, digest: worldDigest(history.cluster) };
    }) as [{ dropped: DroppedFuture; digest: string }, { dropped: DroppedFuture; digest: string }];
    const redo = swapFuture(history, second.dropped);
    seek(history, 25 * SECOND_US);
    expect(worldDigest(history.cluster)).toBe(first.digest);
    if (!redo) throw new Error("the fork's own future is gone");
    swapFuture(history, redo);
    seek(history, 25 * SECOND_US);
    expect(worldDigest(history.cluster)).toBe(second.digest);
    expect(swapFuture(history, first.dropped)).toBeNull();
    expect(worldDigest(history.cluster)).toBe(second.digest);
    swapFuture(history, second.dropped);
    swapFuture(history, first.dropped);
    seek(history, 30 * SECOND_US);
    expect(worldDigest(history.cluster)).toBe(worldDigest(straightRun(9, 30 * SECOND_US).cluster));
  });

  it("a refused command drops nothing", () => {
    const history = straightRun(9, 30 * SECOND_US);
    seek(history, 12 * SECOND_US);
    const before = worldDigest(history.cluster);
    expect(give(history, { type: "deleteTopic", topic: "no such topic" }).problem?.reason).toBe("unknownTopic");
    expect(worldDigest(history.cluster)).toBe(before);
    expect(history.head.timeUs).toBe(30 * SECOND_US);
  });

  it("rewinding before a command is as if it had not been given", () => {
    const history = beginHistory(randomSpec(3));
    advance(history, 8 * SECOND_US);
    const before = worldDigest(history.cluster);
    give(history, { type: "addGroup", group: { groupId: "late", topics: [], configs: {} } });
    advance(history, 15 * SECOND_US);
    const target = targetBefore(history, history.journal.length - 1);
    expect(target && finish(windTo(history, target))).toBe("there");
    dropFuture(history);
    expect(worldDigest(history.cluster)).toBe(before);
    expect(history.journal).toEqual([]);
    expect(isAtHead(history)).toBe(true);
  });
});

describe("HIS-6 winding", () => {
  it("ended early leaves the run as it was, back and ahead", () => {
    const history = straightRun(82, 240 * SECOND_US);
    for (const timeUs of [(history.checkpoints[1]?.timeUs ?? 0) - 1, 3000 * SECOND_US]) {
      const before = state(history);
      const winding = windTo(history, { timeUs, eventCount: null, applied: null });
      expect(winding.next().done).toBe(false);
      winding.return("there");
      expect(state(history)).toEqual(before);
    }
    advance(history, 250 * SECOND_US);
    expect(isAtHead(history)).toBe(true);
  });

  it("goes ahead of what was reached, and tells how far it has come", () => {
    const history = beginHistory(randomSpec(9));
    const told = [...windTo(history, { timeUs: 60 * SECOND_US, eventCount: null, applied: null })];
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual(told.toSorted((one, other) => one - other));
    expect(history.cluster.nowUs).toBe(60 * SECOND_US);
    expect(isAtHead(history)).toBe(true);
  });

  it("tells a run that is not this engine's: a count that does not come, a command that is refused", () => {
    // Not a moment at which much happens at once.
    const endUs = 20 * SECOND_US + 1;
    const run = straightRun(9, endUs);
    const { timeUs, eventCount, applied } = position(run);
    const repeat = (journal: typeof run.journal, count: number | null): WindEnd => finish(windTo(beginHistory(run.spec, journal), { timeUs, eventCount: count, applied }));
    expect(repeat(run.journal, eventCount)).toBe("there");
    for (const off of [-200, -1, 1]) expect(repeat(run.journal, eventCount + off)).toBe("differs");
    const [first, ...rest] = run.journal;
    if (!first) throw new Error("no command was given");
    expect(repeat([{ ...first, eventCount: 9e15 }, ...rest], eventCount)).toBe("differs");
    expect(repeat([{ ...first, command: { type: "deleteTopic", topic: "nope" } }, ...rest], eventCount)).toBe("differs");
  });

  it("by time alone gives the commands where they were given, and stamps them", () => {
    const endUs = 20 * SECOND_US;
    const run = straightRun(9, endUs);
    const foreign = beginHistory(run.spec, run.journal.map((entry) => ({ ...entry, eventCount: null })));
    expect(finish(windTo(foreign, { timeUs: endUs, eventCount: null, applied: run.journal.length }))).toBe("there");
    expect(worldDigest(foreign.cluster)).toBe(worldDigest(run.cluster));
    expect(appliedCommands(foreign)).toEqual(run.journal);
  });
});

describe("HIS-4 stepping", () => {
  it("goes from visible event to visible event, and back over the same ones", () => {
    const history = straightRun(4, 20 * SECOND_US);
    seek(history, 10 * SECOND_US);
    const forward: string[] = [];
    for (let count = 0; count < 30; count++) {
      finish(stepForward(history));
      forward.push(digest(position(history)));
    }
    const back: string[] = [];
    for (let count = 0; count < 29; count++) {
      finish(stepBack(history));
      back.push(digest(position(history)));
    }
    expect(back).toEqual(forward.slice(0, -1).reverse());
    advance(history, 20 * SECOND_US);
    expect(worldDigest(history.cluster)).toBe(worldDigest(straightRun(4, 20 * SECOND_US).cluster));
  });
});
