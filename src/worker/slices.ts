import type { WindEnd, Winding } from "../core/history/winding";

/** Wall ms of a slice: what is asked for meanwhile waits no longer than that. */
const SLICE_MS = 40;
/** Wall ms between two words about how far it has come. */
const TELL_MS = 100;

export interface SliceHost {
  readonly nowMs: () => number;
  readonly later: (act: () => void, delayMs: number) => void;
}

/** How a winding ended: by itself, or because something else was wished for. A broken invariant rejects. */
export type SlicedEnd = WindEnd | "cancelled" | "superseded";

/** A winding under way, which gives the worker back after every slice. */
export interface Sliced {
  readonly end: Promise<SlicedEnd>;
  /** Ends it; the history is as it was before. */
  stop(why: "cancelled" | "superseded"): void;
}

/** Carries out a winding in slices, the first one at once. `tell` hears how far it has come, in virtual µs, when it takes a while. */
export function inSlices(winding: Winding, host: SliceHost, tell: (atUs: number) => void): Sliced {
  let stopped: "cancelled" | "superseded" | null = null;
  const end = new Promise<SlicedEnd>((resolve, reject) => {
    let toldMs = host.nowMs();
    const slice = (): void => {
      try {
        if (stopped) {
          winding.return("there");
          return resolve(stopped);
        }
        const untilMs = host.nowMs() + SLICE_MS;
        for (;;) {
          const { done, value } = winding.next();
          if (done) return resolve(value);
          const nowMs = host.nowMs();
          if (nowMs >= toldMs + TELL_MS) {
            toldMs = nowMs;
            tell(value);
          }
          if (nowMs >= untilMs) return host.later(slice, 0);
        }
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    slice();
  });
  return { end, stop: (why) => void (stopped ??= why) };
}
