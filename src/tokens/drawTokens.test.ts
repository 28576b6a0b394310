import { describe, expect, it } from "vitest";
import { MOTION_STRIDE, motionField, tokenKind } from "../bridge/messages";
import { drawTokens, type TokenScene } from "./drawTokens";
import { edgeTable, edgePath, placeOnPath } from "./edgePath";
import { PixelSurface } from "./pixelSurface";
import { roundedBox, SpriteSet } from "./sprites";
import { TokenField } from "./tokenField";

const RED = 0xff0000ff;
const keys = Array.from({ length: 8 }, (_, key) => 0xff000000 + key + 1);
const colours = { keys, noKey: 0xff777777, ink: 0xff0000fe, surface: 0xfffffffe };
/** Characters that were painted, instead of any pixels. */
const written: string[] = [];
const noGlyph = (character: string) => {
  written.push(character);
  return { width: 1, height: 1, pixels: new Uint32Array(1) };
};

describe("placeOnPath", () => {
  it("runs evenly by length over uneven stretches", () => {
    const path = edgePath([0, 0, 10, 0, 10, 90]);
    const place = new Float64Array(2);
    const at = (fraction: number) => {
      placeOnPath(path, fraction, place);
      return [...place];
    };
    expect(at(0)).toEqual([0, 0]);
    expect(at(0.05)).toEqual([5, 0]);
    expect(at(0.5)).toEqual([10, 40]);
    expect(at(1.5)).toEqual([10, 90]);
  });
});

describe("PixelSurface", () => {
  const sprite = (pixel: number, size = 2) => ({ width: size, height: size, pixels: new Uint32Array(size * size).fill(pixel) });

  it("cuts what sticks out, and clears only what was touched", () => {
    const surface = new PixelSurface(4, 3);
    surface.blit(sprite(RED), -1, 2);
    surface.blit(sprite(RED), 9, 9);
    expect([...surface.pixels].map((pixel) => (pixel === RED ? 1 : 0)).join("")).toBe("000000001000");
    expect(surface.clear()).toEqual({ left: 0, top: 2, right: 1, bottom: 3 });
    expect(surface.pixels.every((pixel) => pixel === 0)).toBe(true);
  });

  it("copies onto nothing, mixes onto colour, and leaves what is under a transparent pixel", () => {
    const surface = new PixelSurface(1, 1);
    const half = (0x80000000 | 0x0000ff) >>> 0;
    surface.blit(sprite(half, 1), 0, 0);
    expect(surface.pixels[0]).toBe(half);
    surface.blit(sprite(0xffff0000, 1), 0, 0);
    surface.blit(sprite(half, 1), 0, 0);
    expect(surface.pixels[0]).toBe(0xff7f0080);
    surface.blit(sprite(0x00ffffff, 1), 0, 0);
    expect(surface.pixels[0]).toBe(0xff7f0080);
  });

  it("mixes two half-transparent pixels as Porter and Duff's over", () => {
    const surface = new PixelSurface(1, 1);
    surface.blit(sprite(0x80ff0000, 1), 0, 0);
    surface.blit(sprite(0x800000ff, 1), 0, 0);
    expect(surface.pixels[0]! >>> 24).toBe(192);
    expect(surface.pixels[0]! & 255).toBe(170);
  });
});

describe("roundedBox", () => {
  it("is solid inside, transparent in the corners, and smooth between", () => {
    const { width, pixels } = roundedBox({ width: 10, height: 10, radius: 4, border: 0, fill: RED, borderColour: RED, shiftX: 0.5, shiftY: 0 });
    const alpha = (x: number, y: number) => pixels[y * width + x]! >>> 24;
    expect(alpha(5, 5)).toBe(255);
    expect(alpha(0, 0)).toBe(0);
    expect(alpha(0, 5)).toBe(128);
    expect(alpha(10, 5)).toBe(128);
  });
});

describe("drawTokens", () => {
  interface Sent {
    readonly kind: number;
    readonly count: number;
    readonly colours: readonly number[];
    readonly sentMs?: number;
    /** Offset or send number; left out: its place in what is sent. */
    readonly label?: number;
  }

  function draw(sent: readonly Sent[], nowMs: number, { still = false, fast = false, picturedMs = nowMs, isJump = true } = {}): PixelSurface {
    const edges = edgeTable([{ client: 1, topic: 0, partition: 0, points: [50, 100, 450, 100] }]);
    const field = new TokenField();
    const floats = new Float32Array(sent.length * MOTION_STRIDE).fill(-2);
    sent.forEach((token, index) => {
      floats.set([1, 0, 0, token.kind, token.sentMs ?? 0, (token.sentMs ?? 0) + 100, token.count, token.label ?? index], index * MOTION_STRIDE);
      floats.set(token.colours, index * MOTION_STRIDE + motionField.colours);
    });
    field.merge({ type: "motion", startUs: 0, nowUs: 0, speed: 1, reset: true, count: sent.length, floats }, edges);
    const scene: TokenScene = { field, edges, view: { x: 0, y: 0, zoom: 1, devicePixelRatio: 1 }, sprites: new SpriteSet(1, colours, noGlyph), picturedMs, still, fast };
    field.begin(nowMs, picturedMs, isJump);
    const surface = new PixelSurface(500, 200);
    drawTokens(surface, scene, nowMs);
    return surface;
  }

  function middle({ touched }: PixelSurface): number {
    return (touched.left + touched.right) / 2;
  }

  function coloursOf(surface: PixelSurface): number[] {
    return keys.filter((key) => surface.pixels.includes(key)).map((key) => keys.indexOf(key));
  }

  const record = { count: 1, colours: [2] };

  it("moves requests from the client to the lane and responses back", () => {
    expect(middle(draw([{ ...record, kind: tokenKind.produceRequest }], 25))).toBeCloseTo(150, -1);
    expect(middle(draw([{ ...record, kind: tokenKind.fetchResponse }], 25))).toBeCloseTo(350, -1);
    expect(middle(draw([{ kind: tokenKind.fetchRequest, count: 0, colours: [] }], 25))).toBeCloseTo(150, -1);
    expect(middle(draw([{ kind: tokenKind.produceResponse, count: 0, colours: [] }], 25))).toBeCloseTo(350, -1);
  });

  it("IMG-10 moves what is published and settled to the queue, and what is delivered and confirmed back", () => {
    for (const kind of [tokenKind.publish, tokenKind.settle]) expect(middle(draw([{ ...record, kind }], 25))).toBeCloseTo(150, -1);
    for (const kind of [tokenKind.deliver, tokenKind.confirm]) expect(middle(draw([{ ...record, kind }], 25))).toBeCloseTo(350, -1);
  });

  it("IMG-10 draws a message as a bead with its send number, in its key's colour, and answers as Kafka's acks", () => {
    /** How solid it is so many pixels left of and above the middle of the edge. */
    const cover = ({ pixels, width }: PixelSurface, away: number): number => pixels[(100 - away) * width + 250 - away]! >>> 24;
    written.length = 0;
    const bead = draw([{ ...record, kind: tokenKind.deliver, label: 37 }], 50);
    expect([...new Set(written)]).toEqual(["3", "7"]);
    expect(coloursOf(bead)).toEqual([2]);
    expect([draw([{ ...record, kind: tokenKind.fetchResponse, label: 37 }], 50), bead].map((surface) => cover(surface, 10))).toEqual([255, 0]);
    const small = [tokenKind.produceRequest, tokenKind.publish].map((kind) => cover(draw([{ ...record, kind }], 50, { fast: true }), 5));
    expect(small[0]).toBeGreaterThan(100);
    expect(small[1]).toBe(0);
    const ack = draw([{ kind: tokenKind.produceResponse, count: 0, colours: [] }], 50);
    for (const kind of [tokenKind.confirm, tokenKind.settle]) expect(draw([{ kind, count: 0, colours: [] }], 50).pixels).toEqual(ack.pixels);
  });

  it("stands in the middle with reduced motion", () => {
    for (const kind of [tokenKind.produceRequest, tokenKind.publish, tokenKind.deliver]) {
      for (const nowMs of [1, 99]) expect(middle(draw([{ ...record, kind }], nowMs, { still: true }))).toBeCloseTo(250, -1);
    }
  });

  it("draws nothing before it is sent or after it arrived", () => {
    for (const nowMs of [-1, 100]) expect(draw([{ ...record, kind: tokenKind.produceRequest }], nowMs).pixels.every((pixel) => pixel === 0)).toBe(true);
  });

  it("sets out with the picture that knows of it, where it was sent, and stays until the picture has seen it arrive", () => {
    const sent = [{ ...record, kind: tokenKind.produceRequest, sentMs: 20 }];
    const isEmpty = (surface: PixelSurface): boolean => surface.pixels.every((pixel) => pixel === 0);
    expect(isEmpty(draw(sent, 60, { picturedMs: 10, isJump: false }))).toBe(true);
    expect(middle(draw(sent, 60, { picturedMs: 20, isJump: false }))).toBeCloseTo(50, -1);
    expect(middle(draw(sent, 180, { picturedMs: 110, isJump: true }))).toBeCloseTo(450, -1);
    expect(isEmpty(draw(sent, 180, { picturedMs: 120, isJump: true }))).toBe(true);
  });

  it("colours a record by its key, and gives requests and acks no key's colour", () => {
    expect(coloursOf(draw([{ ...record, kind: tokenKind.fetchResponse }], 50))).toEqual([2]);
    expect(draw([{ kind: tokenKind.fetchResponse, count: 1, colours: [-1] }], 50).pixels.includes(colours.noKey)).toBe(true);
    for (const kind of [tokenKind.fetchRequest, tokenKind.produceResponse]) expect(coloursOf(draw([{ kind, count: 0, colours: [] }], 50))).toEqual([]);
  });

  it("shows up to eight records' colours side by side", () => {
    expect(coloursOf(draw([{ kind: tokenKind.produceRequest, count: 3, colours: [1, 4, 6] }], 50))).toEqual([1, 4, 6]);
    const eight = draw([{ kind: tokenKind.produceRequest, count: 20, colours: [0, 1, 2, 3, 4, 5, 6, 7] }], 50);
    expect(coloursOf(eight)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("turns a crowd on one edge into small dots, and a throng into a stream", () => {
    const crowd = (count: number) => draw(Array.from({ length: count }, (_, index) => ({ ...record, kind: tokenKind.fetchResponse, sentMs: -index * (90 / count) })), 5);
    const height = ({ touched }: PixelSurface) => touched.bottom - touched.top;
    expect(height(crowd(3))).toBeGreaterThanOrEqual(24);
    expect(height(crowd(60))).toBeLessThan(14);
    expect(height(crowd(500))).toBeLessThanOrEqual(6);
  });

  it("draws small dots when all goes too fast to read an offset", () => {
    const { touched } = draw([{ ...record, kind: tokenKind.fetchResponse }], 50, { fast: true });
    expect(touched.bottom - touched.top).toBeLessThan(14);
  });
});
