import { nextBelow, type RandomStream } from "../sim/random";
import type { Failure, Processing, Rescue } from "./program";

/** How one attempt at a record ends. */
export type Outcome = "done" | Failure["how"];

/** A process that ended is started again after so long, virtual ms, as supervisors do. */
export const RESTART_MS = 5000;

/** How an attempt will end; `number` is null where nobody knows as which of its sends a record was sent. */
export function outcomeOf({ failure }: Processing, key: string | null, number: number | null, random: RandomStream): Outcome {
  if (!failure) return "done";
  const { how, keys = [], numbers = [], percent = 0 } = failure;
  const isPoison = (key !== null && keys.includes(key)) || (number !== null && numbers.includes(number));
  // Drawn for every record, so that a poison one does not shift what becomes of the others.
  const isUnlucky = percent > 0 && nextBelow(random, 100) < percent;
  return isPoison || isUnlucky ? how : "done";
}

/** Where a record that was given up goes: the first of the topics, or from one of them to the next; null where there is none. */
export function nextTopic({ topics = [] }: Rescue, topic: string): string | null {
  return topics[topics.indexOf(topic) + 1] ?? null;
}

/** How long a record of a topic waits before it is worked on, virtual ms: in the retry topics, not in the dead-letter topic behind them. */
export function delayIn({ rescue }: Processing, topic: string): number {
  if (rescue?.giveUp !== "forward") return 0;
  const at = rescue.topics?.indexOf(topic) ?? -1;
  return at >= 0 && at < (rescue.topics?.length ?? 0) - 1 ? (rescue.delayMs ?? 0) : 0;
}

/** All that a program sends on to. */
export function targetsOf({ forwardTo, rescue }: Processing): readonly string[] {
  return [...(forwardTo === undefined ? [] : [forwardTo]), ...(rescue?.giveUp === "forward" ? (rescue.topics ?? []) : [])];
}

/** Whether only the time for one record differs, which changes while a program runs; all else is other code, with which it starts again. */
export function isOnlyTime(one: Processing, other: Processing): boolean {
  return JSON.stringify({ ...one, timeMs: 0 }) === JSON.stringify({ ...other, timeMs: 0 });
}
