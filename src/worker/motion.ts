import { MOTION_STRIDE, motionField, tokenKind, type MotionFrame } from "../bridge/messages";
import type { Cluster, SimulationEvent } from "../core/world/cluster";
import type { Body } from "../core/world/kernel/happening";
import type { Passage } from "../core/picture/messageImage";
import { passageOf } from "../core/picture/messages";
import { pendingEvents } from "../core/sim/eventQueue";
import type { Message } from "../core/sim/message";

/** More tokens than this in one frame are dropped: motion may be, state never is. */
const MOST_TOKENS = 20_000;
/** Virtual µs at speed 1: what is under way for less of the wall's time is on no display frame, and is not told. */
const SHORTEST_US = 1000;
const OFFSET_LABELS = 1_000_000;

interface Seen {
  readonly message: Message<Body>;
  readonly passage: Passage;
}

/** Gathers the messages of a world for the token worker, and packs them into pooled buffers. */
export class MotionRecorder {
  private readonly pool: Float32Array<ArrayBuffer>[] = [];
  private arrived: Seen[] = [];
  /** Messages up to this id were sent to the token worker before. */
  private lastId = 0;
  /** Virtual µs that a message must be under way to be seen, as fast as the world is shown. */
  private shortestUs = SHORTEST_US;

  /** To be called after every event: what was sent and arrived between two frames would otherwise never show. */
  readonly note = (cluster: Cluster, event: SimulationEvent): void => {
    if (this.arrived.length < MOST_TOKENS) see(this.arrived, cluster, event, this.lastId, this.shortestUs);
  };

  /** A buffer that the token worker has given back. */
  recycle(floats: Float32Array<ArrayBuffer>): void {
    if (this.pool.length < 4) this.pool.push(floats);
  }

  /** All messages not sent before; with `reset`, all that are in flight now. */
  frame(cluster: Cluster, clock: { readonly nowUs: number; readonly speed: number }, reset: boolean): MotionFrame {
    const seen = reset ? [] : this.arrived;
    const after = reset ? 0 : this.lastId;
    this.shortestUs = SHORTEST_US * clock.speed;
    for (const event of pendingEvents(cluster.queue)) see(seen, cluster, event, after, this.shortestUs);
    this.arrived = [];
    this.lastId = cluster.nextMessage - 1;
    const startUs = seen.reduce((earliest, { message }) => Math.min(earliest, message.sentUs), clock.nowUs);
    const { floats, count } = this.pack(cluster, seen, startUs);
    return { type: "motion", startUs, nowUs: clock.nowUs, speed: clock.speed, reset, count, floats };
  }

  private pack(cluster: Cluster, seen: readonly Seen[], startUs: number): { floats: Float32Array<ArrayBuffer>; count: number } {
    let floats = this.pool.pop() ?? new Float32Array(256 * MOTION_STRIDE);
    let count = 0;
    for (const { message, passage } of seen) {
      for (const part of passage.parts) {
        const topic = cluster.watch.topicIndexes.get(part.topic);
        if (topic === undefined || count === MOST_TOKENS) continue;
        if ((count + 1) * MOTION_STRIDE > floats.length) floats = grown(floats);
        const at = count++ * MOTION_STRIDE;
        floats[at + motionField.client] = passage.client;
        floats[at + motionField.topic] = topic;
        floats[at + motionField.partition] = part.partition;
        floats[at + motionField.kind] = tokenKind[passage.kind];
        floats[at + motionField.sentMs] = (message.sentUs - startUs) / 1000;
        floats[at + motionField.arriveMs] = (message.arriveUs - startUs) / 1000;
        floats[at + motionField.count] = part.count;
        floats[at + motionField.offset] = part.offset < 0 ? -1 : part.offset % OFFSET_LABELS;
        for (let index = 0; index < 8; index++) floats[at + motionField.colours + index] = part.colours[index] ?? -2;
      }
    }
    return { floats, count };
  }
}

/** Takes in a message after this id that runs on wires, and for so long that it can be seen. */
function see(seen: Seen[], cluster: Cluster, event: SimulationEvent, after: number, shortestUs: number): void {
  if (event.kind !== "message" || event.message.id <= after || event.message.arriveUs - event.message.sentUs < shortestUs) return;
  const passage = passageOf(cluster, event.message);
  if (passage) seen.push({ message: event.message, passage });
}

function grown(floats: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(floats.length * 2);
  larger.set(floats);
  return larger;
}
