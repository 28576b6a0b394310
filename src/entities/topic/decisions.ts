import type { ClusterImage, PartitionDecision, RecordImage } from "../../core/picture/image";

export interface DecisionQuestion {
  readonly topic: string;
  readonly partition: number;
  /** The record in question, or null for any that went to the partition. */
  readonly record: Pick<RecordImage, "key"> | null;
}

export interface FoundDecision {
  readonly decision: PartitionDecision;
  /** client.id of the producer that decided. */
  readonly producer: string;
}

/**
 * The producers' newest decision that answers the question, or null. A hashed key has the same answer from every producer while the number
 * of partitions stays; a record that stuck to a partition has the answer of its own moment only, so the decision must be for the same partition.
 */
export function decisionFor(image: ClusterImage, { topic, partition, record }: DecisionQuestion): FoundDecision | null {
  const decisions = [...image.producers.values()].flatMap((producer) =>
    producer.decisions.filter((decision) => decision.topic === topic).map((decision) => ({ decision, producer: producer.spec.clientId })),
  );
  const here = decisions.filter(({ decision }) => decision.partition === partition);
  if (!record) return here.find(({ decision }) => decision.key !== null) ?? here[0] ?? null;
  if (record.key === null) return here.find(({ decision }) => decision.key === null) ?? null;
  const sameKey = (candidates: readonly FoundDecision[]) => candidates.find(({ decision }) => decision.key === record.key);
  return sameKey(here) ?? sameKey(decisions.filter(({ decision }) => decision.hash !== null)) ?? null;
}
