import { MOTION_STRIDE, motionField, type MotionFrame } from "../bridge/messages";
import { edgeKey, type EdgeTable } from "./edgePath";

/** Colours of one token: the first eight records. */
export const COLOURS = 8;

/**
 * Every token in flight, a column a field. A frame may list only what is new or everything in flight: what is already here is
 * recognized by its edge, kind, offset and time of sending, and not taken twice. A token goes when it has arrived.
 */
export class TokenField {
  count = 0;
  sentMs = new Float64Array(0);
  arriveMs = new Float64Array(0);
  /** When it was first drawn: from there it goes on, so that it sets out where it was sent. NaN before that. */
  begunMs = new Float64Array(0);
  key = new Float64Array(0);
  /** Index of its path in the edge table, -1 while it has none. */
  edge = new Int32Array(0);
  kind = new Uint8Array(0);
  records = new Int32Array(0);
  offset = new Int32Array(0);
  colours = new Int8Array(0);
  #places = new Int32Array(0);

  /** Takes the tokens of a frame in. */
  merge(frame: MotionFrame, edges: EdgeTable): void {
    if (frame.reset) this.count = 0;
    if (frame.count === 0) return;
    this.#reserve(this.count + frame.count);
    this.#index(this.count + frame.count);
    const startMs = frame.startUs / 1000;
    for (let token = 0; token < frame.count; token += 1) this.#take(frame.floats, token * MOTION_STRIDE, startMs, edges);
  }

  /**
   * Notes which tokens are under way at the moment that the picture shows: a token is drawn from the first picture that knows of it to the
   * first that has seen it arrive, so that whatever can be counted in one picture adds up. Those that set out just now begin at `nowMs`.
   */
  begin(nowMs: number, picturedMs: number, isJump: boolean): void {
    for (let index = 0; index < this.count; index += 1) {
      if (!Number.isNaN(this.begunMs[index]!) || this.sentMs[index]! > picturedMs) continue;
      this.begunMs[index] = isJump ? this.sentMs[index]! : Math.min(Math.max(nowMs, this.sentMs[index]!), this.arriveMs[index]!);
    }
  }

  /** Forgets what has arrived by then. */
  expire(nowMs: number): void {
    let index = 0;
    while (index < this.count) {
      if (this.arriveMs[index]! > nowMs) index += 1;
      else this.#move(this.count - 1, index);
    }
  }

  /** Finds every token's path again after the edges changed. */
  resolve(edges: EdgeTable): void {
    for (let index = 0; index < this.count; index += 1) this.edge[index] = edges.indexByKey.get(this.key[index]!) ?? -1;
  }

  #take(floats: Float32Array, at: number, startMs: number, edges: EdgeTable): void {
    const index = this.count;
    const key = edgeKey(floats[at + motionField.client]!, floats[at + motionField.topic]!, floats[at + motionField.partition]!);
    this.key[index] = key;
    this.kind[index] = floats[at + motionField.kind]!;
    this.sentMs[index] = startMs + floats[at + motionField.sentMs]!;
    this.arriveMs[index] = startMs + floats[at + motionField.arriveMs]!;
    this.begunMs[index] = Number.NaN;
    this.records[index] = floats[at + motionField.count]!;
    this.offset[index] = floats[at + motionField.offset]!;
    for (let colour = 0; colour < COLOURS; colour += 1) this.colours[index * COLOURS + colour] = floats[at + motionField.colours + colour]!;
    if (this.#isKnown(index)) return;
    this.edge[index] = edges.indexByKey.get(key) ?? -1;
    this.#remember(index, moment(this.sentMs[index]!));
    this.count += 1;
  }

  #isKnown(index: number): boolean {
    const sentMs = this.sentMs[index]!;
    // The same time relative to two frames' starts differs by a rounding error, so near a moment's border both sides are looked up.
    const before = moment(sentMs - SAME_TIME_MS);
    const after = moment(sentMs + SAME_TIME_MS);
    return this.#find(index, before) || (after !== before && this.#find(index, after));
  }

  #find(index: number, at: number): boolean {
    const mask = this.#places.length - 1;
    for (let place = this.#hash(index, at) & mask; this.#places[place] !== 0; place = (place + 1) & mask) {
      const other = this.#places[place]! - 1;
      if (
        this.key[other] === this.key[index] &&
        this.kind[other] === this.kind[index] &&
        this.offset[other] === this.offset[index] &&
        Math.abs(this.sentMs[other]! - this.sentMs[index]!) < SAME_TIME_MS
      ) {
        return true;
      }
    }
    return false;
  }

  #remember(index: number, at: number): void {
    const mask = this.#places.length - 1;
    let place = this.#hash(index, at) & mask;
    while (this.#places[place] !== 0) place = (place + 1) & mask;
    this.#places[place] = index + 1;
  }

  #hash(index: number, at: number): number {
    const key = this.key[index]!;
    const low = key % 4_294_967_296;
    let hash = Math.imul(low ^ Math.floor(key / 4_294_967_296), 0x9e3779b1) ^ Math.imul(at | 0, 0x85ebca6b);
    hash ^= Math.imul(this.offset[index]! * 4 + this.kind[index]!, 0xc2b2ae35);
    return (hash ^ (hash >>> 15)) >>> 0;
  }

  /** The lookup table of what is here, with room for `most`. */
  #index(most: number): void {
    let size = 64;
    while (size < most * 2) size *= 2;
    if (this.#places.length < size) this.#places = new Int32Array(size);
    else this.#places.fill(0);
    for (let index = 0; index < this.count; index += 1) this.#remember(index, moment(this.sentMs[index]!));
  }

  #move(from: number, to: number): void {
    this.count -= 1;
    if (from === to) return;
    for (const column of [this.sentMs, this.arriveMs, this.begunMs, this.key, this.edge, this.kind, this.records, this.offset]) column[to] = column[from]!;
    this.colours.copyWithin(to * COLOURS, from * COLOURS, (from + 1) * COLOURS);
  }

  #reserve(capacity: number): void {
    if (capacity <= this.sentMs.length) return;
    const size = Math.max(256, capacity * 2);
    this.sentMs = grown(this.sentMs, new Float64Array(size));
    this.arriveMs = grown(this.arriveMs, new Float64Array(size));
    this.begunMs = grown(this.begunMs, new Float64Array(size));
    this.key = grown(this.key, new Float64Array(size));
    this.edge = grown(this.edge, new Int32Array(size));
    this.kind = grown(this.kind, new Uint8Array(size));
    this.records = grown(this.records, new Int32Array(size));
    this.offset = grown(this.offset, new Int32Array(size));
    this.colours = grown(this.colours, new Int8Array(size * COLOURS));
  }
}

const SAME_TIME_MS = 0.02;
const MOMENT_MS = 8;

function moment(sentMs: number): number {
  return Math.floor(sentMs / MOMENT_MS);
}

function grown<Column extends { set(from: Column): void }>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
