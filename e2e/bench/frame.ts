import { figure, ms, type Part } from "./report";
import { fullScenario } from "./scenes";

/** What a frame costs on both sides, with the playground's own code for it. Motion goes past the page; deltas come ten times a second. */
export const frame: Part = {
  name: "frame",
  title: "A frame from the worker to the page (means: a browser's clock has steps of 0.1 ms)",
  measure: async (stage) => {
    const costs = await stage.inPage("bench/frame.html", async (page) => {
      await page.waitForFunction(() => "sendFrames" in window);
      return page.evaluate(([scenario, frames]) => window.sendFrames(scenario, frames), [fullScenario(BUSY_PER_SECOND), FRAMES] as const);
    });
    const mean = (valueOf: (cost: (typeof costs)[number]) => number): number => costs.reduce((sum, cost) => sum + valueOf(cost), 0) / costs.length;
    const entities = `${figure(mean((cost) => cost.changed))} of ${figure(mean((cost) => cost.entities))} entities changed`;
    return [
      { what: "delta in the page: read and merge, a delta", goal: "", measured: `${ms(mean((cost) => cost.readMs))} + ${ms(mean((cost) => cost.mergeMs))} (${entities})` },
      { what: "delta in the page, spread over the 6 frames until the next", goal: "0.3 ms", measured: ms(mean((cost) => cost.readMs + cost.mergeMs) / FRAMES_A_DELTA) },
      { what: "motion in the page", goal: "", measured: "0: it goes from worker to worker" },
      { what: `motion in the worker: ${figure(mean((cost) => cost.tokens))} tokens packed and transferred`, goal: "0.2 ms", measured: ms(mean((cost) => cost.motionMs)) },
      {
        what: "delta in the worker: image, difference, message, a delta",
        goal: "",
        measured: `${ms(mean((cost) => cost.projectMs))} + ${ms(mean((cost) => cost.diffMs))} + ${ms(mean((cost) => cost.postMs))}`,
      },
    ];
  },
};

const FRAMES = 200;
const FRAMES_A_DELTA = 6;
/** Records a second of each producer: nearly every entity changes with every frame. */
const BUSY_PER_SECOND = 60;
