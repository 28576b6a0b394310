import { describe, expect, it } from "vitest";
import type { CoordinatorRecord } from "./coordinatorRecords";
import { decodeCoordinatorRecord, encodeCoordinatorRecord, printCoordinatorRecord } from "./coordinatorRecords";
import { bytesToHex, hexToBytes } from "./vectors/hex";

const COMMIT: CoordinatorRecord = {
  type: "OffsetCommit",
  key: { group: "g", topic: "orders", partition: 3 },
  value: { offset: 4_294_967_298, leaderEpoch: -1, metadata: "m", commitTimestamp: 1000 },
};
const GROUP: CoordinatorRecord = {
  type: "GroupMetadata",
  key: { group: "g" },
  value: {
    protocolType: "consumer",
    generation: 2,
    protocol: "range",
    leader: "a",
    currentStateTimestamp: 7000,
    members: [
      {
        memberId: "a",
        groupInstanceId: null,
        clientId: "c",
        clientHost: "/h",
        rebalanceTimeout: 60_000,
        sessionTimeout: 45_000,
        subscription: Uint8Array.of(1, 2, 3, 4),
        assignment: Uint8Array.of(255),
      },
    ],
  },
};
const EMPTY_GROUP: CoordinatorRecord = {
  type: "GroupMetadata",
  key: { group: "g" },
  value: { protocolType: "", generation: 0, protocol: null, leader: null, currentStateTimestamp: -1, members: [] },
};

describe("the records of __consumer_offsets", () => {
  // Written out by hand from the message schemas: version, then the fields in their order.
  it.each([
    ["a commit", COMMIT, "0001 0001 67 0006 6f7264657273 00000003", "0003 0000000100000002 ffffffff 0001 6d 00000000000003e8"],
    [
      "a group",
      GROUP,
      "0002 0001 67",
      "0003 0008 636f6e73756d6572 00000002 0005 72616e6765 0001 61 0000000000001b58 00000001" +
        " 0001 61 ffff 0001 63 0002 2f68 0000ea60 0000afc8 00000004 01020304 00000001 ff",
    ],
    ["an empty group", EMPTY_GROUP, "0002 0001 67", "0003 0000 00000000 ffff ffff ffffffffffffffff 00000000"],
  ])("GRP-19 %s has Kafka's bytes", (_, record, keyHex, valueHex) => {
    const { key, value } = encodeCoordinatorRecord(record);
    expect(bytesToHex(key)).toBe(keyHex.replaceAll(" ", ""));
    expect(bytesToHex(value ?? new Uint8Array(0))).toBe(valueHex.replaceAll(" ", ""));
    expect(decodeCoordinatorRecord(key, value)).toEqual(record);
  });

  it.each([COMMIT, GROUP])("GRP-19 a tombstone has a key and no value ($type)", (record) => {
    const { key, value } = encodeCoordinatorRecord({ ...record, value: null });
    expect(value).toBeNull();
    expect(decodeCoordinatorRecord(key, null)).toEqual({ ...record, value: null });
  });

  it("GRP-19 refuses other versions and bytes that end too soon", () => {
    const { key } = encodeCoordinatorRecord(COMMIT);
    expect(() => decodeCoordinatorRecord(hexToBytes("0003000167"), null)).toThrow("key version 3");
    expect(() => decodeCoordinatorRecord(key, hexToBytes("0004"))).toThrow("value version 4");
    expect(() => decodeCoordinatorRecord(key.slice(0, 5), null)).toThrow(RangeError);
  });

  it("GRP-19 prints as Kafka's console consumer does", () => {
    expect(printCoordinatorRecord(COMMIT)).toEqual({
      key: '{"version":1,"data":{"group":"g","topic":"orders","partition":3}}',
      value: '{"version":3,"data":{"offset":4294967298,"leaderEpoch":-1,"metadata":"m","commitTimestamp":1000}}',
    });
    expect(printCoordinatorRecord({ ...COMMIT, value: null }).value).toBe("null");
    expect(printCoordinatorRecord(GROUP).value).toContain('"subscription":"AQIDBA==","assignment":"/w=="');
  });
});
