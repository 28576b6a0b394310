import { describe, expect, it } from "vitest";
import { DisplayClock } from "./displayClock";

function at(nowMs: number, speed: number, reset = false) {
  return { nowUs: nowMs * 1000, speed, reset };
}

describe("DisplayClock", () => {
  it("runs on between frames at the frame's speed", () => {
    const clock = new DisplayClock();
    clock.receive(at(1000, 0.5), 0);
    expect(clock.shownMs(100)).toBe(1050);
  });

  it("does not outrun a stalled simulation by more than 150 ms of wall time", () => {
    const clock = new DisplayClock();
    clock.receive(at(1000, 2), 0);
    expect(clock.shownMs(5000)).toBe(1300);
    expect(clock.isRunning(5000)).toBe(false);
  });

  it("stands exactly when paused, also after it had run ahead", () => {
    const clock = new DisplayClock();
    clock.receive(at(1000, 1), 0);
    clock.shownMs(60);
    clock.receive(at(1020, 0), 60);
    expect(clock.shownMs(500)).toBe(1020);
  });

  it("waits for a late frame instead of jumping back", () => {
    const clock = new DisplayClock();
    clock.receive(at(1000, 1), 0);
    expect(clock.shownMs(40)).toBe(1040);
    clock.receive(at(1030, 1), 40);
    expect(clock.shownMs(44)).toBe(1040);
    expect(clock.shownMs(60)).toBe(1050);
  });

  it("jumps on a reset and on a seek back", () => {
    const clock = new DisplayClock();
    clock.receive(at(9000, 1), 0);
    clock.shownMs(10);
    clock.receive(at(8990, 1, true), 10);
    expect(clock.shownMs(10)).toBe(8990);
    clock.receive(at(500, 1), 20);
    expect(clock.shownMs(20)).toBe(500);
  });
});
