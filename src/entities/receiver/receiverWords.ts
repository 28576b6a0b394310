import type { ProgramWords } from "../../panels/inspector/settings/ProgramFields";

/** How the program around a receiver is told. An acknowledgement is never waited for. */
export const receiverWords: ProgramWords = {
  workers: "receiver.workers",
  workersNote: "receiver.workers.note",
  settle: "receiver.settle",
  settles: ["before", "each", "after"],
  settlesBy: "each",
  settling: (when) => `receiver.settle.${when}`,
  settlingNote: (when) => `receiver.settle.${when}.note`,
  failureNote: (how) => `receiver.failure.${how}.note`,
  ways: ["stop", "skip", "requeue", "reject"],
  way: (way) => `receiver.giveUp.${way}`,
  wayNote: (way) => `receiver.giveUp.${way}.note`,
};
