/**
 * Runs in the token worker before the worker's own code: counts the pictures that it really puts on its canvas, and how long each frame
 * keeps it busy. Answers "start" and "stop" on a channel of its own.
 */
const channel = new BroadcastChannel("topiq bench draws");
let startMs = 0;
let drawnMs: number[] = [];
let busyMs: number[] = [];

const putImageData = OffscreenCanvasRenderingContext2D.prototype.putImageData;
OffscreenCanvasRenderingContext2D.prototype.putImageData = function (this: OffscreenCanvasRenderingContext2D, ...picture: unknown[]): void {
  drawnMs.push(performance.now());
  Reflect.apply(putImageData, this, picture);
};

const scheduleFrame = self.requestAnimationFrame.bind(self);
self.requestAnimationFrame = (draw) =>
  scheduleFrame((timeMs) => {
    const beforeMs = performance.now();
    draw(timeMs);
    busyMs.push(performance.now() - beforeMs);
  });

channel.addEventListener("message", ({ data }: MessageEvent<"start" | "stop">) => {
  if (data === "stop") channel.postMessage({ startMs, endMs: performance.now(), drawnMs, busyMs } satisfies DrawCounts);
  startMs = performance.now();
  drawnMs = [];
  busyMs = [];
});

/** Times are on the worker's own clock. */
export interface DrawCounts {
  readonly startMs: number;
  readonly endMs: number;
  readonly drawnMs: readonly number[];
  readonly busyMs: readonly number[];
}
