import { share } from "./share";

/** What a timer is about: nothing more than its kind, or one of several things of that kind. */
export type TimerSubject = string | number | readonly [string, string];

/** Tells the timers of one actor apart. */
export type TimerKey = string | number;

/**
 * Names one of an actor's timers by kind and subject. Frozen; whoever is woken reads what it is about from here. The key only tells timers
 * apart, and is never read.
 */
export interface Timer {
  readonly kind: string;
  readonly subject: TimerSubject;
  readonly key: TimerKey;
}

/** Setting a timer of the same kind and subject again replaces it. */
export function timer(kind: string, subject: TimerSubject = ""): Timer {
  const key = subject === "" ? kind : `${kind}-${typeof subject === "object" ? subject.join("\0") : subject}`;
  return share({ kind, subject, key });
}
