import { MOTION_STRIDE, motionField, type MotionFrame } from "../bridge/messages";
import type { Cluster, SimulationEvent } from "../core/world/cluster";
import type { Body } from "../core/world/kernel/happening";
import { messageParts } from "../core/picture/messages";
import { pendingEvents } from "../core/sim/eventQueue";
import type { Message } from "../core/sim/message";

/** More tokens than this in one frame are dropped: motion may be, state never is. */
const MOST_TOKENS = 20_000;
const OFFSET_LABELS = 1_000_000;

/** Gathers the messages of a world for the token worker, and packs them into pooled buffers. */
export class MotionRecorder {
  private readonly pool: Float32Array<ArrayBuffer>[] = [];
  private arrived: Message<Body>[] = [];
  /** Messages up to this id were sent to the token worker before. */
  private lastId = 0;

  /** To be called after every event: what was sent and arrived between two frames would otherwise never show. */
  readonly note = (_cluster: Cluster, event: SimulationEvent): void => {
    if (event.kind === "message" && event.message.id > this.lastId && this.arrived.length < MOST_TOKENS && hasEdge(event.message)) this.arrived.push(event.message);
  };

  /** A buffer that the token worker has given back. */
  recycle(floats: Float32Array<ArrayBuffer>): void {
    if (this.pool.length < 4) this.pool.push(floats);
  }

  /** All messages not sent before; with `reset`, all that are in flight now. */
  frame(cluster: Cluster, clock: { readonly nowUs: number; readonly speed: number }, reset: boolean): MotionFrame {
    const messages = reset ? [] : this.arrived;
    const after = reset ? 0 : this.lastId;
    for (const event of pendingEvents(cluster.queue)) if (event.kind === "message" && event.message.id > after && hasEdge(event.message)) messages.push(event.message);
    this.arrived = [];
    this.lastId = cluster.nextMessage - 1;
    const startUs = messages.reduce((earliest, { sentUs }) => Math.min(earliest, sentUs), clock.nowUs);
    const { floats, count } = this.pack(cluster, messages, startUs);
    return { type: "motion", startUs, nowUs: clock.nowUs, speed: clock.speed, reset, count, floats };
  }

  private pack(cluster: Cluster, messages: readonly Message<Body>[], startUs: number): { floats: Float32Array<ArrayBuffer>; count: number } {
    let floats = this.pool.pop() ?? new Float32Array(256 * MOTION_STRIDE);
    let count = 0;
    for (const message of messages) {
      for (const part of messageParts(cluster, message)) {
        const topic = cluster.watch.topicIndexes.get(part.topic);
        if (topic === undefined || count === MOST_TOKENS) continue;
        if ((count + 1) * MOTION_STRIDE > floats.length) floats = grown(floats);
        const at = count++ * MOTION_STRIDE;
        floats[at + motionField.client] = message.requestId === null ? message.from : message.to;
        floats[at + motionField.topic] = topic;
        floats[at + motionField.partition] = part.partition;
        floats[at + motionField.kind] = kindOf(message);
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

/** Only Produce and Fetch run on the edges of this view. */
function hasEdge({ body }: Message<Body>): boolean {
  return body.api === "Produce" || body.api === "Fetch";
}

function kindOf({ body, requestId }: Message<Body>): number {
  return (body.api === "Fetch" ? 2 : 0) + (requestId === null ? 0 : 1);
}

function grown(floats: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const larger = new Float32Array(floats.length * 2);
  larger.set(floats);
  return larger;
}
