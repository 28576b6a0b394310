import type { Consumer } from "../clients/consumer/consumer";
import type { TopicPartition } from "../kafka/topicPartition";
import type { Marker, Narration } from "../picture/image";
import type { ActorId } from "../sim/message";
import { freezePages } from "../sim/pagedList";
import type { ConsumerSpec } from "../world/spec";
import { freezeActual, newActual, type Actual } from "./actual";
import { audit, type Audit } from "./auditState";
import type { KeyNumbers } from "./keys";
import { freezeAmqpWatch, type AmqpWatch } from "./queue/amqpWatch";
import { lagSamples, type LagSamples } from "./lag";

/** What stands outside the cluster and watches: nothing in the cluster depends on it. */
export interface Watch {
  readonly keys: KeyNumbers;
  readonly actual: Actual;
  readonly audit: Audit;
  readonly lag: LagSamples;
  readonly markers: Marker[];
  /** The newest sentence, when it was said, and whether it is of something bad. */
  said: { readonly timeUs: number; readonly narration: Narration; readonly isBad: boolean } | null;
  /** What asked for the rebalance that a group is in. */
  readonly causes: Map<string, RebalanceCause>;
  /** Rebalances each group has completed, and the newest generation that all its members have. */
  readonly generations: Map<string, { rebalances: number; settled: number }>;
  /** Index in motion frames of each topic, by name, and of each queue and exchange, by what it is called there (`queue/motionNames.ts`). */
  readonly topicIndexes: Map<string, number>;
  readonly limitsReached: Map<string, number>;
  /** By client.id, consumers that crashed and that their groups still count on. */
  readonly crashed: Map<string, Crashed>;
  /** By group.id. */
  readonly trends: Map<string, Trend>;
  /** Null without a RabbitMQ broker. */
  amqp: AmqpWatch | null;
  /** Groups that nobody was in until a member came: their first position says how they begin. */
  readonly beginning: Set<string>;
}

export interface RebalanceCause {
  readonly kind: "joined" | "left" | "crashed" | "moved" | "partitions" | "restarted" | "mode";
  /** The consumer, the topic, or the mode. */
  readonly subject: string;
  /** Virtual µs at which members were told to join again, and the page that they were. */
  readonly startedUs?: number;
}

/** A consumer that crashed while its group goes on counting on it: the group knows nothing of it yet. */
export interface Crashed {
  readonly spec: ConsumerSpec;
  readonly actor: ActorId;
  readonly memberId: string;
  /** What its group believes that it reads. */
  readonly partitions: readonly TopicPartition[];
  readonly sessionTimeoutMs: number;
  readonly processed: Consumer["processed"];
}

/** What the records that wait for a group do, over the last while. */
export interface Trend {
  /** Null while they neither grow nor drain. */
  direction: "growing" | "draining" | null;
  /** The last while, oldest first. */
  readonly samples: LagSample[];
}

export interface LagSample {
  readonly timeUs: number;
  readonly lag: number;
  /** Ends of all partitions together: what it grows by has arrived. */
  readonly ends: number;
}

export function newWatch(): Watch {
  return {
    keys: new Map(),
    actual: newActual(),
    audit: audit(),
    lag: lagSamples(),
    markers: [],
    said: null,
    causes: new Map(),
    generations: new Map(),
    topicIndexes: new Map(),
    limitsReached: new Map(),
    crashed: new Map(),
    trends: new Map(),
    amqp: null,
    beginning: new Set(),
  };
}

/** Gives a topic, a queue or an exchange its index in motion frames: one that none has had before. */
export function giveIndex({ topicIndexes }: Watch, name: string): void {
  topicIndexes.set(name, 1 + Math.max(-1, ...topicIndexes.values()));
}

/** Freezes the pages of what is long, so that a copy shares them. */
export function freezeWatch({ actual, amqp, audit: { sends, groups } }: Watch): void {
  if (amqp) freezeAmqpWatch(amqp);
  freezeActual(actual);
  for (const bytes of sends.values()) freezePages(bytes);
  for (const group of groups.values()) for (const bytes of group.sends.values()) freezePages(bytes);
}
