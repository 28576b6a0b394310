import type { ClusterDelta, ClusterImage } from "../../../src/core/picture/image";
import { applyDelta } from "../../../src/store/readModel";
import type { FrameCosts, FramesAsked } from "./makeFrames";

/** What the page does with one frame, ms of its thread: reads the message, and merges the delta. */
export interface PageCosts {
  readonly readMs: number;
  readonly mergeMs: number;
}

declare global {
  interface Window {
    /** Sends frames of a world from a worker to the page, as the playground does. */
    sendFrames: (asked: FramesAsked) => Promise<readonly (FrameCosts & PageCosts)[]>;
  }
}

window.sendFrames = (asked) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL("./makeFrames.ts", import.meta.url), { type: "module" });
    const read: PageCosts[] = [];
    let image: ClusterImage | null = null;
    worker.addEventListener("message", (event: MessageEvent<FromWorker>) => {
      const startMs = performance.now();
      // The browser makes the objects when they are first asked for.
      const { data } = event;
      const readMs = performance.now() - startMs;
      if (data.type === "costs") resolve(data.costs.map((costs, at) => ({ ...costs, ...read[at]! })));
      else if (data.type === "image") image = data.image;
      else {
        const mergeStartMs = performance.now();
        image = image && applyDelta(image, data.delta);
        read.push({ readMs, mergeMs: performance.now() - mergeStartMs });
      }
    });
    worker.postMessage(asked);
  });

export type FromWorker =
  | { readonly type: "image"; readonly image: ClusterImage }
  | { readonly type: "delta"; readonly delta: ClusterDelta }
  | { readonly type: "costs"; readonly costs: readonly FrameCosts[] };
