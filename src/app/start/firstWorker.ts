/**
 * The first thing that the page does, in a script of its own before all others (`vite.config.ts`): it starts the simulation's worker, which
 * gets ready while the page still reads its own code. What goes wrong until somebody takes it over is kept for them.
 */
export interface FirstWorker {
  readonly worker: Worker | null;
  /** Why there is none, or what it could not do; null while all is well. */
  problem: unknown;
}

declare global {
  interface Window {
    topiqFirstWorker?: FirstWorker;
  }
}

window.topiqFirstWorker = begin();

function begin(): FirstWorker {
  try {
    const first: FirstWorker = { worker: new Worker(new URL("../../worker/simulationWorker.ts", import.meta.url), { type: "module", name: "topiq simulation" }), problem: null };
    // One that could not even be loaded tells no more than that: its event has no message.
    first.worker?.addEventListener("error", ({ message }) => (first.problem = message ?? "the simulation worker could not be loaded"), { once: true });
    return first;
  } catch (problem) {
    return { worker: null, problem };
  }
}
