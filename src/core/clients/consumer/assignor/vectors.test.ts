import { expect, it } from "vitest";
import type { TopicPartition } from "../../../kafka/topicPartition";
import vectors from "../../../kafka/vectors/assignors.json";
import type { AssignmentInput, AssignmentResult, AssignorName } from "./assignor";
import { assignors } from "./assignors";
import { isSticky } from "./sticky";

interface VectorMember {
  readonly id: string;
  readonly topics: readonly string[];
  readonly instanceId?: string;
  readonly previous?: { readonly partitions: readonly string[]; readonly generation: number | null };
  readonly userDataHex?: string;
}

interface VectorCase {
  readonly id: string;
  readonly assignor: AssignorName;
  readonly topics: Readonly<Record<string, number>>;
  readonly members: readonly VectorMember[];
  readonly expected: {
    readonly exact: boolean;
    readonly assignment: Readonly<Record<string, readonly string[]>>;
    readonly partitionsTransferringOwnership?: Readonly<Record<string, string>>;
    readonly withheld?: readonly string[];
    readonly kafkaIsSticky?: boolean;
    readonly properties: { readonly balanceScore: number; readonly pairwiseBalanced: boolean; readonly of?: string };
    readonly stickiness?: { readonly uniquelyOwnedBefore: number; readonly kept: number };
  };
}

// The inferred type of the file is a union of its 123 cases, which says less than this one does.
const cases = vectors.cases as unknown as readonly VectorCase[];

it.each([
  ["range", 14],
  ["roundrobin", 11],
  ["sticky", 51],
  ["cooperative-sticky", 47],
])("has every client case of %s without racks: %i", (name, count) => {
  expect(cases.filter(({ assignor }) => assignor === name)).toHaveLength(count);
});

it.each(cases)("$id comes out as in Kafka's own run", (vector) => {
  const { exact, assignment, properties, stickiness, kafkaIsSticky, partitionsTransferringOwnership, withheld } = vector.expected;
  const result = assignors[vector.assignor].assign(inputOf(vector));
  const given = named(result);
  const target = targetOf(result);

  // The order inside a list counts only where it is exact; the owners agree everywhere, though Kafka promises only what follows.
  const listed = (partitions: readonly string[]) => (exact ? partitions : partitions.toSorted());
  expect(new Map([...given].map(([memberId, partitions]) => [memberId, listed(partitions)]))).toEqual(
    new Map(Object.entries(assignment).map(([memberId, partitions]) => [memberId, listed(partitions)])),
  );

  expect([...target.values()].flat().toSorted()).toEqual(subscribedPartitions(vector).toSorted());
  for (const { id, topics } of vector.members) expect(topics).toEqual(expect.arrayContaining(topicsOf(target.get(id) ?? [])));

  const judged = properties.of === "assignment (first phase)" ? given : target;
  expect(balanceScore([...judged.values()].map((partitions) => partitions.length))).toBeLessThanOrEqual(properties.balanceScore);
  expect(unevenPairs(vector, judged).length === 0).toBe(properties.pairwiseBalanced);

  const owned = uniquelyOwned(vector);
  const kept = [...owned].filter(([partition, memberId]) => target.get(memberId)?.includes(partition));
  expect(owned.size).toBe(stickiness?.uniquelyOwnedBefore ?? 0);
  expect(kept.length).toBeGreaterThanOrEqual(stickiness?.kept ?? 0);
  expect(isSticky(result.explanation.partitions)).toBe(kafkaIsSticky ?? true);

  const withheldPartitions = result.explanation.partitions.filter((partition) => partition.withheld);
  const newOwners = Object.fromEntries(
    withheldPartitions.map(({ topicPartition, targetMemberId }) => [vectorName(topicPartition), targetMemberId]),
  );
  expect(newOwners).toEqual(partitionsTransferringOwnership ?? newOwners);
  expect(Object.keys(newOwners).toSorted()).toEqual((withheld ?? Object.keys(partitionsTransferringOwnership ?? {})).toSorted());
});

it("ASG-8 writes sticky's user data as Kafka does", () => {
  const recorded = cases.flatMap(({ members }) => members).filter(({ userDataHex }) => userDataHex !== undefined);
  expect(recorded.length).toBe(85);
  for (const { previous, userDataHex } of recorded) {
    const bytes = assignors.sticky.subscriptionUserData({ partitions: parse(previous?.partitions), generationId: previous?.generation ?? -1 });
    expect(bytes).toEqual(fromHex(userDataHex ?? ""));
  }
});

function inputOf({ assignor, topics, members }: VectorCase): AssignmentInput {
  return {
    partitionsPerTopic: new Map(Object.entries(topics)),
    members: members.map(({ id, topics: subscribed, instanceId, previous, userDataHex }) => {
      const partitions = parse(previous?.partitions);
      const generationId = previous?.generation ?? -1;
      // One recorded member had its user data consumed before it was recorded; what it held is known from `previous`.
      const lostUserData = partitions.length > 0 ? assignors.sticky.subscriptionUserData({ partitions, generationId }) : null;
      const userData = userDataHex === undefined ? lostUserData : fromHex(userDataHex);
      const base = { memberId: id, groupInstanceId: instanceId ?? null, topics: subscribed };
      if (assignor === "sticky") return { ...base, ownedPartitions: [], generationId: -1, userData };
      return { ...base, ownedPartitions: partitions, generationId, userData: null };
    }),
  };
}

function named({ assignment }: AssignmentResult): Map<string, string[]> {
  return new Map([...assignment].map(([memberId, partitions]) => [memberId, partitions.map(vectorName)]));
}

function targetOf({ assignment, explanation }: AssignmentResult): Map<string, string[]> {
  const target = new Map<string, string[]>([...assignment.keys()].map((memberId) => [memberId, []]));
  for (const { topicPartition, targetMemberId } of explanation.partitions) target.get(targetMemberId)?.push(vectorName(topicPartition));
  return target;
}

function subscribedPartitions({ topics, members }: VectorCase): string[] {
  const subscribed = new Set(members.flatMap((member) => member.topics));
  return Object.entries(topics).flatMap(([topic, count]) =>
    subscribed.has(topic) ? Array.from({ length: count }, (_, partition) => `${topic}:${partition}`) : [],
  );
}

function balanceScore(sizes: readonly number[]): number {
  return sizes.reduce((score, size, index) => sizes.slice(0, index).reduce((sum, other) => sum + Math.abs(size - other), score), 0);
}

/** Members that have two or more partitions over another, one of which the other could take. */
function unevenPairs({ members }: VectorCase, target: ReadonlyMap<string, readonly string[]>): string[] {
  return members.flatMap(({ id, topics }) => {
    const own = target.get(id) ?? [];
    return [...target]
      .filter(([, partitions]) => partitions.length >= own.length + 2 && topicsOf(partitions).some((topic) => topics.includes(topic)))
      .map(([otherId]) => `${otherId} could give to ${id}`);
  });
}

/** Partitions with one owner in their highest generation who still subscribes to them. */
function uniquelyOwned({ topics, members }: VectorCase): Map<string, string> {
  const owners = new Map<string, { generation: number; members: VectorMember[] }>();
  for (const member of members) {
    const generation = member.previous?.generation ?? -1;
    for (const partition of member.previous?.partitions ?? []) {
      const others = owners.get(partition);
      if (others === undefined || generation > others.generation) owners.set(partition, { generation, members: [member] });
      else if (generation === others.generation) others.members.push(member);
    }
  }
  const owned = new Map<string, string>();
  for (const [partition, { members: claimants }] of owners) {
    const [topic] = topicsOf([partition]);
    const owner = claimants[0];
    if (claimants.length === 1 && topic !== undefined && topic in topics && owner?.topics.includes(topic)) owned.set(partition, owner.id);
  }
  return owned;
}

function topicsOf(partitions: readonly string[]): string[] {
  return partitions.map((name) => name.slice(0, name.lastIndexOf(":")));
}

function parse(names: readonly string[] = []): TopicPartition[] {
  return names.map((name) => ({ topic: name.slice(0, name.lastIndexOf(":")), partition: Number(name.slice(name.lastIndexOf(":") + 1)) }));
}

function vectorName({ topic, partition }: TopicPartition): string {
  return `${topic}:${partition}`;
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
