import { diffImages } from "../../../src/core/picture/delta";
import { advance } from "../../../src/core/history/winding";
import { beginHistory } from "../../../src/core/history/begin";
import type { ClusterImage } from "../../../src/core/picture/image";
import { project } from "../../../src/core/picture/project";
import type { SceneDocument } from "../scenes";
import { MotionRecorder } from "../../../src/worker/motion";
import type { FromWorker } from "./frame";

/** What one frame costs the simulation worker, ms: drawing the image, finding what changed, writing the message; and the motion, with its tokens. */
export interface FrameCosts {
  readonly projectMs: number;
  readonly diffMs: number;
  readonly postMs: number;
  readonly motionMs: number;
  readonly tokens: number;
  readonly entities: number;
  readonly changed: number;
}

/** What is played, and how fast; each frame is a tenth of a second of the screen. */
export interface FramesAsked {
  readonly scenario: SceneDocument;
  readonly frames: number;
  readonly speed: number;
}

const FRAME_US = 100_000;

addEventListener("message", ({ data }: MessageEvent<FramesAsked>) => run(data));

function run({ scenario, frames, speed }: FramesAsked): void {
  const history = beginHistory(scenario);
  const recorder = new MotionRecorder();
  advance(history, scenario.startMs * 1000);
  let drawn = project(history.cluster, null);
  const send = (message: FromWorker): void => postMessage(message);
  send({ type: "image", image: drawn.image });
  // Somebody takes the buffers, and gives them back.
  const motion = new MessageChannel();
  motion.port1.addEventListener("message", ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => recorder.recycle(data));
  motion.port2.addEventListener("message", ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => motion.port2.postMessage(data, [data.buffer]));
  motion.port1.start();
  motion.port2.start();
  const costs: FrameCosts[] = [];
  const timer = setInterval(() => {
    advance(history, history.cluster.nowUs + FRAME_US * speed, Infinity, recorder.note);
    const startMs = performance.now();
    const next = project(history.cluster, drawn);
    const projectedMs = performance.now();
    const delta = diffImages(drawn.image, next.image);
    const diffedMs = performance.now();
    send({ type: "delta", delta });
    const postedMs = performance.now();
    const { floats, count } = recorder.frame(history.cluster, { nowUs: history.cluster.nowUs, speed }, false);
    motion.port1.postMessage(floats, [floats.buffer]);
    costs.push({
      projectMs: projectedMs - startMs,
      diffMs: diffedMs - projectedMs,
      postMs: postedMs - diffedMs,
      motionMs: performance.now() - postedMs,
      tokens: count,
      entities: entitiesOf(next.image),
      changed: [delta.partitions, delta.consumers, delta.producers, delta.groups].reduce((sum, entities) => sum + (entities?.changed.size ?? 0), 0),
    });
    drawn = next;
    if (costs.length < frames) return;
    clearInterval(timer);
    send({ type: "costs", costs });
  }, 20);
}

function entitiesOf({ topics, partitions, producers, groups, consumers }: ClusterImage): number {
  return [topics, partitions, producers, groups, consumers].reduce((sum, entities) => sum + entities.size, 0);
}
