import type { Page } from "@playwright/test";
import { openScene, play, waitFor } from "./drive";
import { type Measured, type Part, trial } from "./part";
import { figure, median, ms, type Row } from "./report";
import { type SceneDocument, widestScene, WIDEST_NODES, workScene } from "./scenes";
import type { FrameCosts, FramesAsked } from "./pages/makeFrames";
import type { PageCosts } from "./pages/frame";
import type { Side } from "./sides/side";
import { busyMs, traceWorker } from "./trace";

/** What a frame costs: the whole simulation worker in the built page, and bit by bit with the playground's own code for it. */
export const frame: Part = {
  name: "frame",
  title: `A frame from the worker to the page (scene of ${WIDEST_NODES} nodes and 60 lanes, playing at speed 1)`,
  needsBrowser: true,
  trials: [
    trial(
      {
        workerMs: { what: "the simulation worker's own time, a frame", unit: "ms", goal: "3" },
        kilobytes: { what: "what changed, as JSON, a frame", unit: "KB", goal: "12" },
        frames: { what: "frames that reach the page", unit: "frames/s" },
        speed: { what: "virtual seconds a second", unit: "x", goal: "1" },
      },
      (side) => side.inPage("?embed", (page) => measureFrames(page, widestScene(PER_SECOND)), (page) => page.addInitScript(gatherFrames)),
    ),
    trial(
      {
        workerMs: { what: "the same with 40 topics, 600 partitions and 60 consumers, in the editor", unit: "ms", goal: "8" },
        kilobytes: { what: "    what changed, as JSON, a frame", unit: "KB", goal: "40" },
        frames: { what: "    frames that reach the page", unit: "frames/s" },
        speed: { what: "    virtual seconds a second, at speed 1", unit: "x", goal: "1" },
      },
      (side) => side.inPage("", (page) => measureFrames(page, workScene(PER_SECOND)), (page) => page.addInitScript(gatherFrames)),
    ),
  ],
  ownRows,
};

/** Records a second of each producer, as in the scene that is panned. */
const PER_SECOND = 5;
/** Until all clients have joined, and the page has drawn all of it. */
const WARM_UP_MS = 3000;
const WALL_MS = 5000;

declare global {
  interface Window {
    /** What changed with each frame, since it was last emptied. */
    benchFrames: unknown[];
  }
}

async function measureFrames(page: Page, scene: SceneDocument): Promise<Measured<"workerMs" | "kilobytes" | "frames" | "speed">> {
  await openScene(page, scene);
  await play(page, 1);
  await waitFor(page, WARM_UP_MS);
  const { value, tasks, marks } = await traceWorker(page, /simulationWorker/, () =>
    page.evaluate(async (wallMs) => {
      window.benchFrames.length = 0;
      performance.mark("frames from");
      const startMs = performance.now();
      const shownMs = (): number => (window.topiq.image()?.clock.timeUs ?? 0) / 1000;
      const fromMs = shownMs();
      await new Promise((resolve) => setTimeout(resolve, wallMs));
      performance.mark("frames to");
      const frames = window.benchFrames.splice(0);
      const seconds = (performance.now() - startMs) / 1000;
      // Maps have no JSON of their own.
      const plain = (_key: string, part: unknown): unknown => (part instanceof Map || part instanceof Set ? [...part] : part);
      return { seconds, virtualSeconds: (shownMs() - fromMs) / 1000, sizes: frames.map((delta) => JSON.stringify(delta, plain).length) };
    }, WALL_MS),
  );
  const { seconds, virtualSeconds, sizes } = value;
  if (sizes.length === 0) throw new Error("no frame came while the scene played");
  const cpuMs = busyMs(tasks, marks.get("frames from")?.[0] ?? 0, marks.get("frames to")?.[0] ?? 0);
  return { workerMs: cpuMs / sizes.length, kilobytes: sizes.reduce((sum, size) => sum + size, 0) / sizes.length / 1000, frames: sizes.length / seconds, speed: virtualSeconds / seconds };
}

/** In the page, before anything else: keeps what its workers tell it of what changed. */
function gatherFrames(): void {
  window.benchFrames = [];
  const Original = window.Worker;
  window.Worker = class extends Original {
    constructor(address: string | URL, options?: WorkerOptions) {
      super(address, options);
      this.addEventListener("message", ({ data }: MessageEvent<{ readonly delta?: unknown } | null>) => {
        if (data?.delta) window.benchFrames.push(data.delta);
      });
    }
  };
}

/** Motion goes past the page; deltas come ten times a second. */
async function ownRows(own: Side): Promise<Row[]> {
  const costsOf = (asked: FramesAsked): Promise<readonly (FrameCosts & PageCosts)[]> =>
    own.inBenchPage("frame.html", async (page) => {
      await page.waitForFunction(() => "sendFrames" in window);
      return page.evaluate((wanted) => window.sendFrames(wanted), asked);
    });
  const calm = await costsOf({ scenario: widestScene(PER_SECOND), frames: FRAMES, speed: 1 });
  const costs = await costsOf({ scenario: widestScene(BUSY_PER_SECOND), frames: FRAMES, speed: BUSY_SPEED });
  const mean = (valueOf: (cost: (typeof costs)[number]) => number): number => costs.reduce((sum, cost) => sum + valueOf(cost), 0) / costs.length;
  const entities = `${figure(mean((cost) => cost.changed))} of ${figure(mean((cost) => cost.entities))} entities changed`;
  const calmMs = median(calm.map(({ projectMs, diffMs, postMs }) => projectMs + diffMs + postMs));
  return [
    { what: "delta in the worker: image, difference, message, a delta", goal: "4 ms", measured: ms(calmMs) },
    { what: "delta in the page: read and merge (means of a busier scene)", goal: "", measured: `${ms(mean((cost) => cost.readMs))} + ${ms(mean((cost) => cost.mergeMs))} (${entities})` },
    { what: "delta in the page, spread over the 6 frames until the next", goal: "0.3 ms", measured: ms(mean((cost) => cost.readMs + cost.mergeMs) / FRAMES_A_DELTA) },
    { what: "motion in the page", goal: "", measured: "0: it goes from worker to worker" },
    { what: `motion in the worker: ${figure(mean((cost) => cost.tokens))} tokens packed and transferred`, goal: "0.2 ms", measured: ms(mean((cost) => cost.motionMs)) },
    {
      what: "delta in the worker of the busier scene: image, difference, message, a delta",
      goal: "",
      measured: `${ms(mean((cost) => cost.projectMs))} + ${ms(mean((cost) => cost.diffMs))} + ${ms(mean((cost) => cost.postMs))}`,
    },
  ];
}

const FRAMES = 200;
const FRAMES_A_DELTA = 6;
/** Records a second of each producer, and how fast it is played: nearly every entity changes with every frame, and some 2,000 messages go. */
const BUSY_PER_SECOND = 60;
const BUSY_SPEED = 20;
