import type { Selection } from "../../store/topiqStore";

/** A partition of a topic, or a record in one. */
export interface LogPart {
  readonly topic: string;
  readonly partition: number;
  /** null: the partition as a whole. */
  readonly offset: number | null;
}

/** A topic's partition as something that can be selected. */
export function partitionSelection(topic: string, partition: number): Selection {
  return { kind: "topic", id: topic, part: { partition } };
}

export function recordSelection(topic: string, partition: number, offset: number): Selection {
  return { kind: "topic", id: topic, part: { partition, offset } };
}

/** The part of a log that is selected, or null where it is something else. */
export function logPart({ id, part }: Selection): LogPart | null {
  const { partition, offset = null } = part ?? {};
  return partition === undefined ? null : { topic: id, partition, offset };
}
