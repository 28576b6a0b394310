import type { Marker, Narration } from "../picture/image";
import { audit, type Audit } from "./audit";
import { lagSamples, type LagSamples } from "./lag";
import type { Crashed } from "./crashed";
import type { KeyNumbers } from "./keys";
import type { Trend } from "./trends";

/** What stands outside the cluster and watches: nothing in the cluster depends on it. */
export interface Watch {
  readonly keys: KeyNumbers;
  readonly audit: Audit;
  readonly lag: LagSamples;
  readonly markers: Marker[];
  /** The newest sentence, and when it was said. */
  said: { readonly timeUs: number; readonly narration: Narration } | null;
  /** What asked for the rebalance that a group is in. */
  readonly causes: Map<string, RebalanceCause>;
  /** Rebalances each group has completed, and the newest generation that all its members have. */
  readonly generations: Map<string, { rebalances: number; settled: number }>;
  /** Index of each topic in motion frames, by topic name. */
  readonly topicIndexes: Map<string, number>;
  readonly limitsReached: Map<string, number>;
  /** By client.id, consumers that crashed and that their groups still count on. */
  readonly crashed: Map<string, Crashed>;
  /** By group.id. */
  readonly trends: Map<string, Trend>;
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

export function newWatch(): Watch {
  return {
    keys: new Map(),
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
    beginning: new Set(),
  };
}
