import { surface } from "../../panels/surface";
import type { TopiqState } from "../../store/topiqStore";

/** What stands over the scene when something takes its time or cannot be done: none of it is in the first picture of a start that goes well. */
export const WindingProgress = surface([], async () => (await import("./WindingProgress")).WindingProgress);
export const OpeningFailed = surface(["problems"], async () => (await import("./OpeningFailed")).OpeningFailed);
export const ProblemBanner = surface(["problems"], async () => (await import("./ProblemBanner")).ProblemBanner);

/** Whether the banner has something to say: the run is not kept although nobody asked for that, or the simulation has stopped. */
export function hasBanner({ storage, crash }: TopiqState): boolean {
  return crash !== null || (storage.state === "memory" && storage.reason !== "asked");
}
