import { describe, expect, it } from "vitest";
import { parseTopicPartition } from "../../../kafka/topicPartition";
import type { TopicPartition } from "../../../kafka/topicPartition";
import { nextBelow, randomStream } from "../../../sim/random";
import type { AssignmentInput, AssignmentMember, AssignmentResult } from "./assignor";
import { assignors } from "./assignors";
import { isSticky } from "./sticky";

describe("ASG-2 the order of members", () => {
  it("puts static members first, by instance id, and the others by member id", () => {
    const fixed = [
      { ...member("y", "t"), groupInstanceId: "2" },
      { ...member("z", "t"), groupInstanceId: "1" },
    ];
    const members = [member("b", "t"), member("a", "t"), ...fixed];
    expect(given(assignors.range.assign(input({ t: 4 }, members)))).toEqual({ z: "t-0", y: "t-1", a: "t-2", b: "t-3" });
  });
});

describe("ASG-3 range", () => {
  it("gives the first members one more of every topic, so they pile up", () => {
    const result = assignors.range.assign(input({ t: 3, u: 3 }, [member("a", "t u"), member("b", "t u")]));
    expect(given(result)).toEqual({ a: "t-0 t-1 u-0 u-1", b: "t-2 u-2" });
    expect(result.explanation.rule).toBe("range");
    expect(result.explanation.topics).toEqual([
      { topic: "t", partitionCount: 3, memberIds: ["a", "b"] },
      { topic: "u", partitionCount: 3, memberIds: ["a", "b"] },
    ]);
  });

  it("leaves members beyond the partitions with nothing", () => {
    expect(given(assignors.range.assign(input({ t: 1 }, [member("b", "t"), member("a", "t")])))).toEqual({ a: "t-0", b: "" });
  });
});

describe("ASG-4 roundrobin", () => {
  it("goes on with the next member from topic to topic, passing over who is not subscribed", () => {
    const members = [member("a", "t u"), member("b", "t"), member("c", "t u")];
    expect(given(assignors.roundrobin.assign(input({ u: 3, t: 4 }, members)))).toEqual({ a: "t-0 t-3 u-1", b: "t-1", c: "t-2 u-0 u-2" });
  });
});

describe.each(Object.values(assignors))("ASG-5 $name", (assignor) => {
  it("leaves out topics without metadata, without partitions or without subscribers, and owned partitions that do not exist", () => {
    const owner = owning("a", "t gone empty", "t-0 t-7 gone-0 other-0", 1);
    const result = assignor.assign(input({ t: 2, empty: 0, other: 1 }, [owner]));
    expect(given(result)).toEqual({ a: "t-0 t-1" });
    expect(result.explanation.partitions.map(({ topicPartition }) => nameOf(topicPartition))).toEqual(["t-0", "t-1"]);
  });

  it("has nothing to give without members or topics", () => {
    expect(assignor.assign(input({ t: 2 }, [])).assignment.size).toBe(0);
    expect(given(assignor.assign(input({}, [member("a", "t")])))).toEqual({ a: "" });
  });
});

describe("ASG-6 sticky", () => {
  it("balances before it keeps, and says what moved", () => {
    const { explanation, assignment } = assignors.sticky.assign(input({ t: 4 }, [owning("a", "t", "t-0 t-1 t-2 t-3", 1), member("b", "t")]));
    expect(given({ assignment })).toEqual({ a: "t-0 t-1", b: "t-2 t-3" });
    expect(explanation.rule).toBe("constrained");
    expect(reasons(explanation.partitions)).toEqual(["t-0 a>a kept", "t-1 a>a kept", "t-2 a>b balance", "t-3 a>b balance"]);
  });

  it("gives what a leaving member had to the others, and moves nothing else", () => {
    const members = [owning("a", "t", "t-0 t-3", 4), owning("c", "t", "t-2 t-5", 4)];
    expect(given(assignors.sticky.assign(input({ t: 6 }, members)))).toEqual({ a: "t-0 t-3 t-1", c: "t-2 t-5 t-4" });
  });

  it("follows unequal subscriptions as far as they allow", () => {
    const members = [owning("a", "t u", "t-0 u-0 u-1", 1), owning("b", "t", "u-2", 1), member("c", "u")];
    const { explanation, assignment } = assignors.sticky.assign(input({ t: 1, u: 3 }, members));
    expect(given({ assignment })).toEqual({ a: "u-0 u-1", b: "t-0", c: "u-2" });
    expect(explanation.rule).toBe("general");
    expect(reasons(explanation.partitions)).toEqual(["t-0 a>b balance", "u-0 a>a kept", "u-1 a>a kept", "u-2 b>c unsubscribed"]);
  });

  it("moves what a member has just got rather than what it had", () => {
    const members = [owning("a", "t u", "t-0", 1), owning("b", "t", "t-2", 1), owning("c", "u", "u-0 u-1 u-2", 1)];
    expect(given(assignors.sticky.assign(input({ t: 3, u: 4 }, members)))).toEqual({ a: "t-0 u-3", b: "t-2 t-1", c: "u-0 u-1 u-2" });
  });
});

describe("ASG-7 conflicting claims", () => {
  it.each(["sticky", "cooperative-sticky"] as const)("%s believes the highest generation, in whatever order the members come", (name) => {
    const members = [owning("a", "t", "t-0 t-1", 5), owning("b", "t", "t-0 t-2", 6)];
    for (const order of [members, members.toReversed()]) {
      const { partitions } = assignors[name].assign(input({ t: 3 }, order)).explanation;
      expect(reasons(partitions)).toEqual(["t-0 b>b kept", "t-1 a>a kept", "t-2 b>b kept"]);
    }
  });

  it("sticky believes neither of two claims in one generation, and no older third", () => {
    const members = [owning("a", "t", "t-0 t-1", 5), owning("b", "t", "t-0 t-2", 5), owning("c", "t", "t-0", 4)];
    for (const order of [members, members.toReversed()]) {
      expect(reasons(assignors.sticky.assign(input({ t: 3 }, order)).explanation.partitions)).toEqual([
        "t-0 ->c contested",
        "t-1 a>a kept",
        "t-2 b>b kept",
      ]);
    }
  });

  it("an older claim is the second choice when subscriptions differ", () => {
    const members = [owning("a", "t", "t-0 t-1 t-2 t-3", 5), member("c", "t"), owning("z", "t", "t-0 t-4", 4), member("d", "u")];
    const { partitions } = assignors.sticky.assign(input({ t: 6, u: 1 }, members)).explanation;
    expect(reasons(partitions.slice(0, 2))).toEqual(["t-0 a>z balance", "t-1 a>c balance"]);
  });
});

describe("ASG-8 user data", () => {
  it("of sticky is its last assignment and generation, of cooperative-sticky the generation, of the others nothing", () => {
    const last = { partitions: [parseTopicPartition("t-1"), parseTopicPartition("t-0")], generationId: 7 };
    const partitions1And0 = [0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0];
    expect(assignors.sticky.subscriptionUserData(last)).toEqual(Uint8Array.of(0, 0, 0, 1, 0, 1, 116, ...partitions1And0, 0, 0, 0, 7));
    expect(assignors.sticky.subscriptionUserData(null)).toBeNull();
    expect(assignors["cooperative-sticky"].subscriptionUserData(last)).toEqual(Uint8Array.of(0, 0, 0, 7));
    expect(assignors["cooperative-sticky"].subscriptionUserData(null)).toEqual(Uint8Array.of(255, 255, 255, 255));
    expect(assignors.range.subscriptionUserData(last)).toBeNull();
    expect(assignors.roundrobin.subscriptionUserData(last)).toBeNull();
  });

  it("of sticky is read without a generation too (version 0), and what cannot be read counts as no history", () => {
    const version0 = Uint8Array.of(0, 0, 0, 1, 0, 1, 116, 0, 0, 0, 1, 0, 0, 0, 0);
    const previous = [version0, version0.slice(0, -1), Uint8Array.of(255, 255, 255, 255), Uint8Array.of()].map((userData) => {
      const result = assignors.sticky.assign(input({ t: 1 }, [{ ...member("a", "t"), userData }]));
      return result.explanation.partitions[0]?.previousMemberId;
    });
    expect(previous).toEqual(["a", null, null, null]);
  });

  it("of cooperative-sticky counts only where the subscription has no generation", () => {
    const old = { ...owning("a", "t", "t-0", -1), userData: Uint8Array.of(0, 0, 0, 9) };
    const ignored = { ...owning("b", "t", "t-0", 8), userData: Uint8Array.of(0, 0, 0, 10) };
    expect(assignors["cooperative-sticky"].assign(input({ t: 1 }, [old, ignored])).explanation.partitions[0]?.previousMemberId).toBe("a");
  });
});

describe("ASG-9 cooperative-sticky", () => {
  it("withholds what changes its owner, and hands it over when the owner has revoked it", () => {
    const newcomer = member("b", "t");
    const first = assignors["cooperative-sticky"].assign(input({ t: 4 }, [owning("a", "t", "t-0 t-1 t-2 t-3", 1), newcomer]));
    expect(given(first)).toEqual({ a: "t-0 t-1", b: "" });
    const withheld = first.explanation.partitions.filter((partition) => partition.withheld);
    expect(reasons(withheld)).toEqual(["t-2 a>b balance", "t-3 a>b balance"]);
    const second = assignors["cooperative-sticky"].assign(input({ t: 4 }, [owning("a", "t", "t-0 t-1", 2), newcomer]));
    expect(given(second)).toEqual({ a: "t-0 t-1", b: "t-2 t-3" });
  });

  it("gives what nobody owns at once", () => {
    const result = assignors["cooperative-sticky"].assign(input({ t: 2 }, [owning("a", "t", "t-0", 1), member("b", "t")]));
    expect(given(result)).toEqual({ a: "t-0", b: "t-1" });
  });

  it("withholds a contested partition when all subscriptions are equal", () => {
    const members = [owning("a", "t", "t-0", 1), owning("b", "t", "t-0 t-1", 1)];
    expect(given(assignors["cooperative-sticky"].assign(input({ t: 2 }, members)))).toEqual({ a: "", b: "t-1" });
  });
});

it("ASG-10 only cooperative-sticky can do without giving everything up", () => {
  const cooperative = Object.values(assignors).filter(({ supportedProtocol }) => supportedProtocol === "COOPERATIVE");
  expect(cooperative.map(({ name }) => name)).toEqual(["cooperative-sticky"]);
});

it("ASG-6 ASG-9 random groups become even and sticky, settle within four cooperative rounds, and then rest", () => {
  for (let seed = 0; seed < 300; seed++) {
    let scene = randomScene(seed);
    const eager = assignors.sticky.assign(scene).explanation.partitions;
    const owners = new Map(eager.map(({ topicPartition, targetMemberId }) => [nameOf(topicPartition), targetMemberId]));
    expect(isSticky(eager), `seed ${seed}`).toBe(true);
    expect(unevenMoves(scene, owners), `seed ${seed}`).toEqual([]);

    let round = assignors["cooperative-sticky"].assign(scene);
    for (let rounds = 1; round.explanation.partitions.some(({ withheld }) => withheld); rounds++) {
      expect(rounds, `seed ${seed}`).toBeLessThan(4);
      scene = withHistory(scene, round);
      round = assignors["cooperative-sticky"].assign(scene);
    }
    expect([...round.assignment.values()].flat().map(nameOf).toSorted(), `seed ${seed}`).toEqual([...owners.keys()].toSorted());
    const again = assignors["cooperative-sticky"].assign(withHistory(scene, round)).explanation.partitions;
    expect(again.every(({ reason }) => reason === "kept"), `seed ${seed}`).toBe(true);
  }
});

/** Members and topics by chance, with a past in which everybody owned something, perhaps in conflict. */
function randomScene(seed: number): AssignmentInput {
  const stream = randomStream(seed, "assignors");
  const below = (bound: number) => nextBelow(stream, bound);
  const topics = Object.fromEntries(Array.from({ length: 1 + below(4) }, (_, index) => [`t${index}`, 1 + below(8)]));
  const areSubscriptionsEqual = below(2) === 0;
  const members = Array.from({ length: 1 + below(6) }, (_, index) => {
    const subscribed = Object.keys(topics).filter(() => areSubscriptionsEqual || below(3) > 0);
    const owned = Array.from({ length: below(5) }, () => `t${below(4)}-${below(8)}`);
    return owning(`m${index}`, subscribed.length > 0 ? subscribed.join(" ") : "t0", owned.join(" "), below(3));
  });
  return input(topics, members);
}

function withHistory({ partitionsPerTopic, members }: AssignmentInput, { assignment }: AssignmentResult): AssignmentInput {
  const partitionsOf = (memberId: string) => (assignment.get(memberId) ?? []).map(nameOf).join(" ");
  return { partitionsPerTopic, members: members.map(({ memberId, topics }) => owning(memberId, topics.join(" "), partitionsOf(memberId), 9)) };
}

/** Single moves that would make two members more even. */
function unevenMoves({ members }: AssignmentInput, owners: ReadonlyMap<string, string>): string[] {
  const sizeOf = (memberId: string) => [...owners.values()].filter((owner) => owner === memberId).length;
  return [...owners].flatMap(([name, owner]) =>
    members
      .filter(({ memberId, topics }) => topics.includes(parseTopicPartition(name).topic) && sizeOf(owner) > sizeOf(memberId) + 1)
      .map(({ memberId }) => `${name} from ${owner} to ${memberId}`),
  );
}

function input(topics: Readonly<Record<string, number>>, members: readonly AssignmentMember[]): AssignmentInput {
  return { partitionsPerTopic: new Map(Object.entries(topics)), members };
}

function member(memberId: string, topics: string): AssignmentMember {
  return { memberId, groupInstanceId: null, topics: topics.split(" "), ownedPartitions: [], generationId: -1, userData: null };
}

/** A member with a past, told in the way of either sticky assignor. */
function owning(memberId: string, topics: string, names: string, generationId: number): AssignmentMember {
  const partitions = names === "" ? [] : names.split(" ").map(parseTopicPartition);
  const userData = assignors.sticky.subscriptionUserData({ partitions, generationId });
  return { ...member(memberId, topics), ownedPartitions: partitions, generationId, userData };
}

function given({ assignment }: Pick<AssignmentResult, "assignment">): Record<string, string> {
  return Object.fromEntries([...assignment].map(([memberId, partitions]) => [memberId, partitions.map(nameOf).join(" ")]));
}

function reasons(partitions: AssignmentResult["explanation"]["partitions"]): string[] {
  return partitions.map((partition) => {
    const { topicPartition, previousMemberId, targetMemberId, reason } = partition;
    return `${nameOf(topicPartition)} ${previousMemberId ?? "-"}>${targetMemberId} ${reason}`;
  });
}

function nameOf({ topic, partition }: TopicPartition): string {
  return `${topic}-${partition}`;
}
