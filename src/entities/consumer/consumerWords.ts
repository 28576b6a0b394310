import type { ProgramWords } from "../../panels/inspector/settings/ProgramFields";

/** How the program around a consumer is told. */
export const consumerWords: ProgramWords = {
  workers: "settings.workers",
  workersNote: "settings.workers.note",
  settle: "settings.settle",
  settles: ["before", "after", "each", "async"],
  settlesBy: "after",
  settling: (when) => `settings.settle.${when}`,
  settlingNote: (when, isPooled) => (isPooled && (when === "after" || when === "each") ? `settings.settle.${when}.pool` : `settings.settle.${when}.note`),
  failureNote: (how) => `settings.failure.${how}.note`,
  ways: ["stop", "skip", "forward"],
  way: (way) => `settings.giveUp.${way}`,
  wayNote: (way) => `settings.giveUp.${way}.note`,
};
