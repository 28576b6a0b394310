import { describe, expect, it } from "vitest";
import type { ClusterImage, PartitionDecision } from "../../core/picture/image";
import { decisionFor } from "./decisions";

const on = (key: string | null, partition: number, topic: string) => ({ topic, key, colour: key === null ? -1 : 0, partition, partitions: 4 });
const sticky = (key: string | null, partition: number, topic = "orders"): PartitionDecision => ({ ...on(key, partition, topic), hash: null, stickyBytes: 10, batchSizeInBytes: 100 });
const decision = (key: string | null, partition: number, topic = "orders"): PartitionDecision =>
  key === null ? sticky(key, partition, topic) : { ...on(key, partition, topic), hash: -1, positive: 1 };

function image(...decisions: readonly PartitionDecision[][]): ClusterImage {
  // Only what the search reads.
  return { producers: new Map(decisions.map((list, index) => [`p${index}`, { spec: { clientId: `p${index}` }, decisions: list }])) } as unknown as ClusterImage;
}

describe("decisionFor", () => {
  it("answers for a key from any producer", () => {
    const found = decisionFor(image([decision("a", 1)], [decision("b", 2)]), { topic: "orders", partition: 2, record: { key: "b" } });
    expect(found).toMatchObject({ producer: "p1", decision: { key: "b", partition: 2 } });
  });

  it("prefers the decision that led to this partition, and else shows where the key goes now", () => {
    const question = { topic: "orders", partition: 1, record: { key: "a" } };
    expect(decisionFor(image([decision("a", 3)], [decision("a", 1)]), question)?.decision.partition).toBe(1);
    expect(decisionFor(image([decision("a", 3)]), question)?.decision.partition).toBe(3);
  });

  it("does not take another topic's, nor another partition's sticky bytes", () => {
    expect(decisionFor(image([decision("a", 1, "payments")]), { topic: "orders", partition: 1, record: { key: "a" } })).toBeNull();
    expect(decisionFor(image([decision(null, 3)]), { topic: "orders", partition: 1, record: { key: null } })).toBeNull();
  });

  it("takes a key that was not hashed (partitioner.ignore.keys) for one that stuck to its partition", () => {
    const question = { topic: "orders", partition: 1, record: { key: "a" } };
    expect(decisionFor(image([sticky("a", 1)]), question)?.decision.hash).toBeNull();
    expect(decisionFor(image([sticky("a", 3)]), question)).toBeNull();
  });

  it("shows the newest way to a partition, with a key first", () => {
    expect(decisionFor(image([decision(null, 1), decision("a", 1)]), { topic: "orders", partition: 1, record: null })?.decision.key).toBe("a");
    expect(decisionFor(image([decision(null, 1)]), { topic: "orders", partition: 1, record: null })?.decision.key).toBeNull();
  });
});
