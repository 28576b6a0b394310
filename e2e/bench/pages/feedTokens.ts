import { MOTION_STRIDE, motionField, type MotionFrame, type MotionReturn } from "../../../src/bridge/messages";

/** What to feed: so many tokens on their way at any time, over these edges, into this port. */
export interface Feed {
  readonly count: number;
  readonly edges: number;
  readonly port: MessagePort;
}

/** As the simulation worker does: ten frames a second with what is new, told one frame ahead, in pooled buffers. */
const FRAME_MS = 100;
const TRAVEL_MS = 2000;
const COLOURS = 8;

addEventListener("message", ({ data }: MessageEvent<Feed>) => feed(data));

function feed({ count, edges, port }: Feed): void {
  const pool: Float32Array[] = [];
  const perFrame = Math.round((count * FRAME_MS) / TRAVEL_MS);
  let sent = 0;
  const send = (atMs: number, reset: boolean): void => {
    const floats = pool.pop() ?? new Float32Array(perFrame * MOTION_STRIDE);
    for (let token = 0; token < perFrame; token++) write(floats, token * MOTION_STRIDE, sent++, edges, (token / perFrame) * FRAME_MS);
    const frame: MotionFrame = { type: "motion", startUs: atMs * 1000, nowUs: (atMs - FRAME_MS) * 1000, speed: 1, reset, count: perFrame, floats };
    port.postMessage(frame, [floats.buffer]);
  };
  port.addEventListener("message", ({ data }: MessageEvent<MotionReturn>) => pool.push(data.floats));
  port.start();
  let nextMs = performance.now();
  setInterval(() => {
    // A timer that comes late does not thin the stream out.
    for (; nextMs <= performance.now(); nextMs += FRAME_MS) send(nextMs, sent === 0);
  }, FRAME_MS / 2);
}

function write(floats: Float32Array, at: number, number: number, edges: number, sentMs: number): void {
  floats[at + motionField.client] = number % edges;
  floats[at + motionField.topic] = 0;
  floats[at + motionField.partition] = 0;
  floats[at + motionField.kind] = number % 2 === 0 ? 0 : 3;
  floats[at + motionField.sentMs] = sentMs;
  floats[at + motionField.arriveMs] = sentMs + TRAVEL_MS;
  floats[at + motionField.count] = 1;
  floats[at + motionField.offset] = number % 1_000_000;
  for (let colour = 0; colour < COLOURS; colour++) floats[at + motionField.colours + colour] = colour === 0 ? number % COLOURS : -2;
}
