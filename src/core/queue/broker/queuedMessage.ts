import type { Content } from "../amqp/content";

/** One message in one queue. Frozen. */
export interface QueuedMessage {
  readonly content: Content;
  readonly place: number;
  /** 0 where the queue has no priorities. */
  readonly priority: number;
  /** Virtual µs, or null where it does not expire. The clock runs on while it is with a receiver. */
  readonly expiresUs: number | null;
  /** It was sent to somebody before, or the broker cannot know that it was not. It does not say that it was worked on. */
  readonly redelivered: boolean;
}
