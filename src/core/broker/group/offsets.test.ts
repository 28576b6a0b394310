import { describe, expect, it } from "vitest";
import type { OffsetFetchRequest, OffsetFetchResponse } from "../../kafka/api/offsets";
import { ErrorCode } from "../../kafka/errors";
import rules from "../../kafka/vectors/offset-rules.json";
import type { ClassicGroupState } from "./classic/classicGroup";
import { changeGroup, newGroup } from "./classic/classicGroup";
import { deleteOffsets, deleteTopicOffsets } from "./deleteOffsets";
import { commit, join, protocol, TestCoordinator } from "./testCoordinator";
import { unload } from "./unload";

type Topics = { name: string; partitions: { partitionIndex: number; errorCode?: number }[] }[];
interface Rule {
  id: string;
  test: string;
  kind: string;
  op: string;
  groupId: string;
  group: { state: ClassicGroupState; generation: number; protocolType: string | null; members: string[] } | null;
  offsetsBefore: Record<string, { offset: number }>;
  version: number;
  request: Record<string, unknown> & { topics: Topics };
  response?: { topics: Topics };
  error?: keyof typeof ErrorCode;
  records?: { key: unknown; value: { leaderEpoch?: number; expireTimestamp?: string } | null }[];
}

// The JSON file's own type is a union of dozens of literal shapes.
const all = rules.cases as unknown as Rule[];
const classic = all.filter(({ kind }) => kind === "classic");
/** The test sets these topics on a group without members by hand; here the topics of a group are those of its members. */
const SUBSCRIBED: Record<string, string> = { "off.054": "bar" };

function named(op: string): [string, Rule][] {
  return classic.filter((rule) => rule.op === op).map((rule) => [`${rule.id} ${rule.test}`, rule]);
}

describe("OFF: decisions recorded from Kafka's OffsetMetadataManagerTest", () => {
  it("are 50, of which 6 are transactional and 24 of KIP-848 groups, not modelled", () => {
    expect(all.filter(({ kind }) => kind === "transactional").length).toBe(6);
    expect(all.filter(({ kind }) => kind === "KIP-848").length).toBe(24);
    expect(classic.map(({ op }) => op).sort()).toEqual([
      ...new Array(17).fill("commitOffset"),
      ...new Array(2).fill("deleteOffsets"),
      "fetchOffsets",
    ]);
    expect(all.length).toBe(50);
  });

  it.each(named("commitOffset"))("OFF-1 %s", (_, rule) => {
    const coordinator = given(rule);
    const answer = coordinator.ask(commit({ ...rule.request, version: rule.version } as never)); // The recording has Kafka's fields.
    const codes = answer.topics.flatMap(({ partitions }) => partitions.map(({ errorCode }) => errorCode));
    if (rule.error !== undefined) {
      expect(codes.every((code) => code === ErrorCode[rule.error ?? "NONE"])).toBe(true);
      expect(coordinator.log).toEqual([]);
      return;
    }
    expect(answer.topics).toEqual(rule.response?.topics);
    // A request's retention time was dropped in version 5, and with it the expiry in the record.
    const expected = (rule.records ?? []).map(({ key, value }) => {
      const { expireTimestamp: _dropped, leaderEpoch = -1, ...rest } = value ?? {};
      return { type: "OffsetCommit", key, value: { ...rest, leaderEpoch, commitTimestamp: coordinator.nowMs } };
    });
    expect(coordinator.log).toEqual(expected);
  });

  it.each(named("fetchOffsets"))("OFF-4 %s", (_, rule) => {
    const topics = rule.request.topics as unknown as OffsetFetchRequest["topics"]; // A fetch's topics name partitionIndexes instead.
    const answer = given(rule).ask({ api: "OffsetFetch", groupId: rule.groupId, topics, requireStable: true });
    expect(answer.topics).toEqual(rule.response?.topics);
  });

  it.each(named("deleteOffsets"))("OFF-6 %s", (_, rule) => {
    const coordinator = given(rule);
    for (const [at, { name, partitions }] of rule.request.topics.entries()) {
      const indexes = partitions.map(({ partitionIndex }) => partitionIndex);
      const deleted = deleteOffsets(coordinator.context(), rule.groupId, name, indexes);
      expect(deleted.partitions).toEqual(rule.response?.topics[at]?.partitions);
      expect(deleted.records.map(({ key, value }) => ({ key, value }))).toEqual(rule.records);
    }
  });
});

describe("OffsetCommit, OffsetFetch and what removes offsets", () => {
  it("OFF-2 given a rebalance, then commits of the old generation are taken until the new one begins", () => {
    const coordinator = new TestCoordinator();
    coordinator.stableGroup(2);
    coordinator.send(join({ memberId: "client-1" }));
    const request = commit({ generationIdOrMemberEpoch: 1, memberId: "client-2" });
    expect(codeOf(coordinator.ask(request))).toBe(ErrorCode.NONE);
    coordinator.send(join({ memberId: "client-2" }));
    expect(codeOf(coordinator.ask(request))).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(codeOf(coordinator.ask({ ...request, generationIdOrMemberEpoch: 2 }))).toBe(ErrorCode.REBALANCE_IN_PROGRESS);
  });

  it("OFF-3 metadata that is too long refuses its partition only; any offset is stored, also backwards", () => {
    const coordinator = new TestCoordinator();
    const partition = { partitionIndex: 0, committedOffset: 9, committedLeaderEpoch: 4, committedMetadata: "1234567890" };
    const partitions = [partition, { ...partition, partitionIndex: 1, committedMetadata: "12345678901" }];
    const answer = coordinator.ask(commit({ topics: [{ name: "orders", partitions }] }));
    expect(answer.topics[0]?.partitions.map(({ errorCode }) => errorCode)).toEqual([ErrorCode.NONE, ErrorCode.OFFSET_METADATA_TOO_LARGE]);
    coordinator.send(commit({}, 2));
    expect(fetchAll(coordinator)).toEqual([
      { name: "orders", partitions: [{ partitionIndex: 0, committedOffset: 2, committedLeaderEpoch: -1, metadata: "", errorCode: 0 }] },
    ]);
  });

  it("OFF-4 all partitions come sorted, and none of a Dead group", () => {
    const coordinator = new TestCoordinator();
    for (const [name, partitionIndex] of [["b-1", 10], ["b-1", 9], ["a", 0]] as const) {
      const partitions = [{ partitionIndex, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: null }];
      coordinator.send(commit({ topics: [{ name, partitions }] }));
    }
    const names = fetchAll(coordinator).map(({ name, partitions }) => [name, ...partitions.map(({ partitionIndex }) => partitionIndex)]);
    expect(names).toEqual([
      ["a", 0],
      ["b-1", 9, 10],
    ]);
    coordinator.apply(unload(coordinator.state, coordinator.nowMs));
    expect(fetchAll(coordinator)).toEqual([]);
  });

  it("OFF-5 given commits of two groups, when a topic is deleted, then each loses that topic's offsets only", () => {
    const coordinator = new TestCoordinator();
    coordinator.send(commit());
    coordinator.send(commit({ groupId: "h" }));
    const partitions = [{ partitionIndex: 0, committedOffset: 1, committedLeaderEpoch: -1, committedMetadata: null }];
    coordinator.send(commit({ topics: [{ name: "orders-0", partitions }] }));
    const result = deleteTopicOffsets(coordinator.context(), "orders");
    expect(result.records).toEqual([
      { type: "OffsetCommit", key: { group: "g", topic: "orders", partition: 0 }, value: null },
      { type: "OffsetCommit", key: { group: "h", topic: "orders", partition: 0 }, value: null },
    ]);
    coordinator.apply(result);
    expect(fetchAll(coordinator).map(({ name }) => name)).toEqual(["orders-0"]);
    expect(coordinator.state.offsets.has("h")).toBe(false);
  });
});

function given({ id, groupId, group, offsetsBefore }: Rule): TestCoordinator {
  const coordinator = new TestCoordinator();
  for (const [name, { offset }] of Object.entries(offsetsBefore)) {
    const [topic = "", partitionIndex] = name.split(":");
    const partition = { partitionIndex: Number(partitionIndex), committedOffset: offset, committedLeaderEpoch: 1, committedMetadata: null };
    coordinator.send(commit({ groupId, topics: [{ name: topic, partitions: [partition] }] }));
  }
  coordinator.log.length = 0;
  if (group === null) return coordinator;
  const topic = SUBSCRIBED[id];
  const member = {
    memberId: "member",
    groupInstanceId: null,
    clientId: "client",
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    protocols: [protocol("range", topic)],
    assignment: new Uint8Array(0),
    awaitingJoin: null,
    awaitingSync: null,
    isNew: false,
  };
  const members = new Map((topic === undefined ? group.members : ["member"]).map((memberId) => [memberId, { ...member, memberId }]));
  const { state, generation: generationId, protocolType } = group;
  coordinator.state.groups.set(
    groupId,
    changeGroup(newGroup(groupId, 0), { state, generationId, protocolType, protocolName: "range", members }),
  );
  return coordinator;
}

function fetchAll(coordinator: TestCoordinator): OffsetFetchResponse["topics"] {
  return coordinator.ask({ api: "OffsetFetch", groupId: "g", topics: null, requireStable: false }).topics;
}

function codeOf(answer: { topics: readonly { partitions: readonly { errorCode: number }[] }[] }): number | undefined {
  return answer.topics[0]?.partitions[0]?.errorCode;
}
