import { describe, expect, it } from "vitest";
import type { ConsumerProtocolAssignment, ConsumerProtocolSubscription } from "./consumerProtocol";
import {
  decodeConsumerProtocolAssignment,
  decodeConsumerProtocolSubscription,
  encodeConsumerProtocolAssignment,
  encodeConsumerProtocolSubscription,
  groupByTopic,
  listTopicPartitions,
} from "./consumerProtocol";

const subscription: ConsumerProtocolSubscription = {
  version: 3,
  topics: ["a", "b"],
  userData: null,
  ownedPartitions: [{ topic: "a", partitions: [0, 1] }],
  generationId: 5,
  rackId: null,
};

describe("ASG-1 ConsumerProtocolSubscription", () => {
  it("is written field by field, topics and partitions sorted", () => {
    const unsorted = { ...subscription, topics: ["b", "a"], ownedPartitions: [{ topic: "a", partitions: [1, 0] }] };
    expect(encodeConsumerProtocolSubscription(unsorted)).toEqual(
      fromHex("0003 00000002 000161 000162 ffffffff 00000001 000161 00000002 00000000 00000001 00000005 ffff"),
    );
  });

  it.each([
    { name: "version 0", hex: "0000 00000001 000161 00000002 beef", expected: { version: 0, userData: Uint8Array.of(0xbe, 0xef) } },
    {
      name: "version 1",
      hex: "0001 00000001 000161 ffffffff 00000001 000161 00000001 00000007",
      expected: { version: 1, userData: null, ownedPartitions: [{ topic: "a", partitions: [7] }] },
    },
    {
      name: "version 2",
      hex: "0002 00000001 000161 00000000 00000000 0000002a",
      expected: { version: 2, userData: Uint8Array.of(), generationId: 42 },
    },
    {
      name: "version 4 as version 3, with bytes unknown to it",
      hex: "0004 00000001 000161 ffffffff 00000000 00000001 000172 cafe",
      expected: { version: 3, userData: null, generationId: 1, rackId: "r" },
    },
  ])("reads $name", ({ hex, expected }) => {
    const absent = { ownedPartitions: [], generationId: -1, rackId: null };
    expect(decodeConsumerProtocolSubscription(fromHex(hex))).toEqual({ ...absent, topics: ["a"], ...expected });
  });

  it.each([0, 1, 2, 3])("comes back from version %i with what the version holds", (version) => {
    const full = { ...subscription, version, userData: Uint8Array.of(1, 2), rackId: "rack-1", topics: ["a", "주문"] };
    const expected = {
      ...full,
      ownedPartitions: version >= 1 ? full.ownedPartitions : [],
      generationId: version >= 2 ? full.generationId : -1,
      rackId: version >= 3 ? full.rackId : null,
    };
    expect(decodeConsumerProtocolSubscription(encodeConsumerProtocolSubscription(full))).toEqual(expected);
  });

  it("refuses a negative version, a negative length and every cut-off form", () => {
    expect(() => decodeConsumerProtocolSubscription(fromHex("ffff 00000000"))).toThrow(RangeError);
    expect(() => decodeConsumerProtocolSubscription(fromHex("0000 ffffffff ffffffff"))).toThrow(RangeError);
    const bytes = encodeConsumerProtocolSubscription(subscription);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeConsumerProtocolSubscription(bytes.slice(0, length))).toThrow(RangeError);
    }
  });
});

describe("ASG-1 ConsumerProtocolAssignment", () => {
  const assignment: ConsumerProtocolAssignment = { version: 3, assignedPartitions: [{ topic: "orders", partitions: [2, 0] }], userData: null };

  it("is written field by field, in the order given", () => {
    expect(encodeConsumerProtocolAssignment(assignment)).toEqual(
      fromHex("0003 00000001 00066f7264657273 00000002 00000002 00000000 ffffffff"),
    );
  });

  it.each([0, 1, 2, 3])("comes back from version %i", (version) => {
    const given = { ...assignment, version, userData: Uint8Array.of(9) };
    expect(decodeConsumerProtocolAssignment(encodeConsumerProtocolAssignment(given))).toEqual(given);
  });

  it("refuses the empty bytes of a member without an assignment", () => {
    expect(() => decodeConsumerProtocolAssignment(Uint8Array.of())).toThrow(RangeError);
  });
});

it("groups by topic in order of first occurrence, and back", () => {
  const partitions = [
    { topic: "b", partition: 1 },
    { topic: "a", partition: 0 },
    { topic: "b", partition: 0 },
  ];
  const groups = groupByTopic(partitions);
  expect(groups).toEqual([
    { topic: "b", partitions: [1, 0] },
    { topic: "a", partitions: [0] },
  ]);
  expect(groupByTopic(listTopicPartitions(groups))).toEqual(groups);
});

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(" ", "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}
