import { describe, expect, it } from "vitest";
import { MOTION_STRIDE, motionField, type MotionFrame } from "../bridge/messages";
import { edgeTable } from "./edgePath";
import { COLOURS, TokenField } from "./tokenField";

interface Sent {
  readonly client?: number;
  readonly partition?: number;
  readonly kind?: number;
  readonly sentMs: number;
  readonly arriveMs: number;
  readonly offset?: number;
}

const edges = edgeTable([
  { client: 5, topic: 1, partition: 0, points: [0, 0, 10, 0] },
  { client: 5, topic: 1, partition: 2, points: [0, 0, 10, 0] },
]);

function frame(startUs: number, sent: readonly Sent[], change: Partial<MotionFrame> = {}): MotionFrame {
  const floats = new Float32Array(sent.length * MOTION_STRIDE).fill(-2);
  sent.forEach((token, index) => {
    const at = index * MOTION_STRIDE;
    floats[at + motionField.client] = token.client ?? 5;
    floats[at + motionField.topic] = 1;
    floats[at + motionField.partition] = token.partition ?? 2;
    floats[at + motionField.kind] = token.kind ?? 3;
    floats[at + motionField.sentMs] = token.sentMs - startUs / 1000;
    floats[at + motionField.arriveMs] = token.arriveMs - startUs / 1000;
    floats[at + motionField.count] = 2;
    floats[at + motionField.offset] = token.offset ?? 41;
    floats.set([3, -1], at + motionField.colours);
  });
  return { type: "motion", startUs, nowUs: startUs, speed: 1, reset: false, count: sent.length, floats, ...change };
}

describe("TokenField", () => {
  it("decodes a frame's tokens", () => {
    const field = new TokenField();
    field.merge(frame(2_000_000_000, [{ sentMs: 2_000_100, arriveMs: 2_000_400, kind: 0, offset: 999_999 }]), edges);
    expect(field.count).toBe(1);
    expect(field.sentMs[0]).toBeCloseTo(2_000_100);
    expect(field.arriveMs[0]).toBeCloseTo(2_000_400);
    expect([field.edge[0], field.kind[0], field.records[0], field.offset[0]]).toEqual([1, 0, 2, 999_999]);
    expect([...field.colours.slice(0, COLOURS)]).toEqual([3, -1, -2, -2, -2, -2, -2, -2]);
  });

  it("knows a token again that a later frame repeats, whatever the frame's start", () => {
    const field = new TokenField();
    const token = { sentMs: 104.0004, arriveMs: 400 };
    for (const startUs of [0, 33_333, 66_667, 100_001]) field.merge(frame(startUs, [token]), edges);
    expect(field.count).toBe(1);
    field.merge(frame(0, [{ ...token, offset: 42 }, { ...token, kind: 2 }, { ...token, partition: 0 }, { sentMs: 104.2, arriveMs: 400 }]), edges);
    expect(field.count).toBe(5);
  });

  it("keeps tokens that a frame does not name, until they arrive or a reset", () => {
    const field = new TokenField();
    field.merge(frame(0, [{ sentMs: 0, arriveMs: 100 }, { sentMs: 10, arriveMs: 300 }, { sentMs: 20, arriveMs: 200 }]), edges);
    field.merge(frame(0, [{ sentMs: 50, arriveMs: 500 }]), edges);
    field.expire(200);
    expect([...field.arriveMs.slice(0, field.count)].sort((a, b) => a - b)).toEqual([300, 500]);
    field.merge(frame(0, [{ sentMs: 7, arriveMs: 90 }], { reset: true }), edges);
    expect([...field.arriveMs.slice(0, field.count)]).toEqual([90]);
    field.merge(frame(0, [], { reset: true }), edges);
    expect(field.count).toBe(0);
  });

  it("finds paths again when the edges change", () => {
    const field = new TokenField();
    field.merge(frame(0, [{ sentMs: 0, arriveMs: 100 }]), edgeTable([]));
    expect(field.edge[0]).toBe(-1);
    field.resolve(edges);
    expect(field.edge[0]).toBe(1);
  });

  it("grows without losing anything", () => {
    const field = new TokenField();
    const many = (from: number) => Array.from({ length: 700 }, (_, index) => ({ sentMs: from + index, arriveMs: 5000 }));
    field.merge(frame(0, many(0)), edges);
    field.merge(frame(0, [...many(0), ...many(1000)]), edges);
    expect(field.count).toBe(1400);
    expect(field.sentMs[1399]).toBe(1699);
  });
});
