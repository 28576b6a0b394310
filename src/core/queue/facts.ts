import type { Content, DeathReason } from "./amqp/content";
import type { QueuedMessage } from "./broker/queuedMessage";

/** Which queue of that name it happened in. */
export interface QueuePlace {
  readonly queue: string;
  readonly queueId: number;
}

/** What a broker tells whoever watches, at the moment it happens. Nothing in the world depends on it. */
export type QueueFact =
  | { readonly type: "queueDeclared"; readonly place: QueuePlace; readonly maxPriority: number }
  /** It is gone, and what it held with it, also what was with receivers. */
  | { readonly type: "queueDeleted"; readonly place: QueuePlace; readonly messages: readonly QueuedMessage[] }
  /** An exchange has led a message to so many queues. */
  | { readonly type: "routed"; readonly content: Content; readonly queues: readonly string[] }
  | { readonly type: "queued"; readonly place: QueuePlace; readonly message: QueuedMessage }
  /** Sent to a consumer; with automatic acknowledgement it is removed with that. */
  | { readonly type: "delivered"; readonly place: QueuePlace; readonly message: QueuedMessage; readonly client: number; readonly consumerTag: string; readonly noAck: boolean }
  | { readonly type: "acknowledged"; readonly place: QueuePlace; readonly message: QueuedMessage }
  | { readonly type: "requeued"; readonly place: QueuePlace; readonly message: QueuedMessage }
  /** Removed without being worked on; `deadLettered` says whether a dead-letter exchange led it anywhere. */
  | { readonly type: "died"; readonly place: QueuePlace; readonly message: QueuedMessage; readonly reason: DeathReason; readonly deadLettered: boolean }
  /** A queue was full, and did not take it. */
  | { readonly type: "refused"; readonly place: QueuePlace; readonly content: Content; readonly deadLettered: boolean }
  | { readonly type: "purged"; readonly place: QueuePlace; readonly messages: readonly QueuedMessage[] }
  /** The publisher is told that it, or all up to it, were taken, or that it was not. */
  | { readonly type: "confirmed"; readonly client: number; readonly publishTag: number; readonly multiple: boolean; readonly isRefused: boolean }
  /** The broker went down, or was killed, and these did not outlive it. */
  | { readonly type: "forgotten"; readonly place: QueuePlace; readonly messages: readonly QueuedMessage[] }
  /** What of a queue stands ready in a broker that has gone down: nobody has anything of it any more. */
  | { readonly type: "restored"; readonly place: QueuePlace; readonly messages: readonly QueuedMessage[] }
  /** Messages that had been removed, which the disk of a broker that was killed did not know yet: they are there again. */
  | { readonly type: "cameBack"; readonly place: QueuePlace; readonly messages: readonly QueuedMessage[] }
  /** A connection is gone, however it ended, and its channels with it. */
  | { readonly type: "connectionClosed"; readonly client: number }
  /** A client was not heard of for too long. */
  | { readonly type: "heartbeatMissed"; readonly client: number }
  | { readonly type: "brokerDown"; readonly how: "stopped" | "killed" }
  | { readonly type: "brokerUp" };

/** What the programs that publish and receive would log, told to whoever watches. */
export type ProgramFact =
  | { readonly type: "connected" | "connectionLost" }
  | { readonly type: "channelClosed"; readonly replyCode: number; readonly replyText: string }
  | { readonly type: "returned"; readonly content: Content; readonly replyText: string }
  /** Nobody can know what became of it: it was published, and neither confirmed nor refused when its connection ended. */
  | { readonly type: "published"; readonly content: Content; readonly isAgain: boolean }
  /** A publisher was told what has become of these, all at once. */
  | { readonly type: "answered"; readonly contents: readonly Content[] }
  /** The broker has told its publisher that it has it. */
  | { readonly type: "confirmed"; readonly content: Content }
  | { readonly type: "publishFailed"; readonly content: Content }
  | { readonly type: "received"; readonly queue: string; readonly content: Content; readonly deliveryTag: number; readonly redelivered: boolean }
  | { readonly type: "worked"; readonly queue: string; readonly content: Content; readonly redelivered: boolean }
  /** A handler has thrown; its message was given up; or the program has ended with that. */
  | { readonly type: "threw"; readonly queue: string; readonly content: Content; readonly attempt: number }
  | { readonly type: "failed"; readonly queue: string; readonly content: Content }
  /** `sentTo` is the queue that it was sent on to, if it was. */
  | { readonly type: "gaveUp"; readonly queue: string; readonly content: Content; readonly sentTo: string | null };
