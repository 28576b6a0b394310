import { expect, it } from "vitest";
import { ErrorCode } from "../../kafka/errors";
import { TestBroker } from "../testBroker";

it("OFF-5 given a deleted topic, when a commit for it and another comes late, then only the other's offset is there", () => {
  const test = new TestBroker();
  const topics = ["orders", "gone"].map((name) => ({ name, numPartitions: 1, replicationFactor: 1, configs: [] }));
  test.ask({ api: "CreateTopics", timeoutMs: 1000, topics });
  test.ask({ api: "FindCoordinator", keyType: 0, coordinatorKeys: ["g"] });
  test.ask({ api: "DeleteTopics", timeoutMs: 1000, topicNames: ["gone"] });
  const commit = (...names: string[]) =>
    test.ask({
      api: "OffsetCommit",
      version: 9,
      groupId: "g",
      generationIdOrMemberEpoch: -1,
      memberId: "",
      groupInstanceId: null,
      topics: names.map((name) => ({ name, partitions: [{ partitionIndex: 0, committedOffset: 7, committedLeaderEpoch: -1, committedMetadata: null }] })),
    });
  const errors = (response: ReturnType<typeof commit>) => response.topics.map(({ name, partitions }) => [name, partitions[0]?.errorCode]);
  expect(errors(commit("gone"))).toEqual([["gone", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION]]);
  expect(errors(commit("gone", "orders"))).toEqual([
    ["orders", ErrorCode.NONE],
    ["gone", ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ]);
  expect([...(test.coordinator("g").offsets.get("g")?.keys() ?? [])]).toEqual(["orders-0"]);
});
