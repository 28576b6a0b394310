/**
 * The records of `__consumer_offsets` that classic groups write, and their bytes.
 *
 * Version modelled: Kafka 4.0, `OffsetCommitKey` v1, `OffsetCommitValue` v3, `GroupMetadataKey` v2 and `GroupMetadataValue` v3 (the
 * last versions before the flexible ones, and what a broker writes by default). Key and value each begin with their version (int16).
 * Field names are those of Kafka's message schemas.
 * Simplified: other versions, and the records of KIP-848, share and streams groups, are refused when read.
 */
import { ByteReader, ByteWriter } from "./bytes";

/** A value of null is a tombstone: it removes what the key names. */
export type CoordinatorRecord =
  | { readonly type: "OffsetCommit"; readonly key: OffsetCommitKey; readonly value: OffsetCommitValue | null }
  | { readonly type: "GroupMetadata"; readonly key: { readonly group: string }; readonly value: GroupMetadataValue | null };

export interface OffsetCommitKey {
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
}
export interface OffsetCommitValue {
  /** The next offset to read. */
  readonly offset: number;
  /** -1 when the committer did not know it. */
  readonly leaderEpoch: number;
  readonly metadata: string;
  /** ms. */
  readonly commitTimestamp: number;
}
export interface GroupMetadataValue {
  /** Empty for a group that never had a member. */
  readonly protocolType: string;
  readonly generation: number;
  readonly protocol: string | null;
  readonly leader: string | null;
  /** ms; -1 when unknown. */
  readonly currentStateTimestamp: number;
  readonly members: readonly MemberMetadata[];
}
export interface MemberMetadata {
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly clientId: string;
  readonly clientHost: string;
  /** ms. */
  readonly rebalanceTimeout: number;
  /** ms. */
  readonly sessionTimeout: number;
  /** The member's metadata under the group's protocol. */
  readonly subscription: Uint8Array;
  readonly assignment: Uint8Array;
}

const OFFSET_COMMIT_KEY_VERSION = 1;
const OFFSET_COMMIT_VALUE_VERSION = 3;
const GROUP_METADATA_KEY_VERSION = 2;
const GROUP_METADATA_VALUE_VERSION = 3;

/** A record's key and value as Kafka stores them (`GroupCoordinatorRecordSerde`). */
export function encodeCoordinatorRecord(record: CoordinatorRecord): { key: Uint8Array; value: Uint8Array | null } {
  const key = new ByteWriter();
  if (record.type === "OffsetCommit") {
    key.int16(OFFSET_COMMIT_KEY_VERSION);
    key.string(record.key.group);
    key.string(record.key.topic);
    key.int32(record.key.partition);
    return { key: key.finish(), value: record.value === null ? null : encodeOffsetCommitValue(record.value) };
  }
  key.int16(GROUP_METADATA_KEY_VERSION);
  key.string(record.key.group);
  return { key: key.finish(), value: record.value === null ? null : encodeGroupMetadataValue(record.value) };
}

/** The inverse of `encodeCoordinatorRecord`. Throws a RangeError for bytes of another version or that end too soon. */
export function decodeCoordinatorRecord(key: Uint8Array, value: Uint8Array | null): CoordinatorRecord {
  const reader = new ByteReader(key);
  const version = reader.int16();
  if (version === OFFSET_COMMIT_KEY_VERSION) {
    const group = reader.string();
    const topic = reader.string();
    const partition = reader.int32();
    return { type: "OffsetCommit", key: { group, topic, partition }, value: value === null ? null : decodeOffsetCommitValue(value) };
  }
  if (version === GROUP_METADATA_KEY_VERSION) {
    const group = reader.string();
    return { type: "GroupMetadata", key: { group }, value: value === null ? null : decodeGroupMetadataValue(value) };
  }
  throw new RangeError(`a coordinator record has key version ${version}`);
}

/**
 * A record as text, in the JSON that Kafka's console consumer prints with `OffsetsMessageFormatter` and
 * `GroupMetadataMessageFormatter`: the version and the fields, bytes as base64.
 */
export function printCoordinatorRecord(record: CoordinatorRecord): { key: string; value: string } {
  const offsets = record.type === "OffsetCommit";
  const key = { version: offsets ? OFFSET_COMMIT_KEY_VERSION : GROUP_METADATA_KEY_VERSION, data: record.key };
  const value = record.value && {
    version: offsets ? OFFSET_COMMIT_VALUE_VERSION : GROUP_METADATA_VALUE_VERSION,
    data: record.value,
  };
  return { key: JSON.stringify(key), value: JSON.stringify(value, (_, field) => (field instanceof Uint8Array ? base64(field) : field)) };
}

function encodeOffsetCommitValue(value: OffsetCommitValue): Uint8Array {
  const writer = new ByteWriter();
  writer.int16(OFFSET_COMMIT_VALUE_VERSION);
  writer.int64(value.offset);
  writer.int32(value.leaderEpoch);
  writer.string(value.metadata);
  writer.int64(value.commitTimestamp);
  return writer.finish();
}

function decodeOffsetCommitValue(bytes: Uint8Array): OffsetCommitValue {
  const reader = new ByteReader(bytes);
  expectVersion(reader, OFFSET_COMMIT_VALUE_VERSION);
  return { offset: reader.int64(), leaderEpoch: reader.int32(), metadata: reader.string(), commitTimestamp: reader.int64() };
}

function encodeGroupMetadataValue(value: GroupMetadataValue): Uint8Array {
  const writer = new ByteWriter();
  writer.int16(GROUP_METADATA_VALUE_VERSION);
  writer.string(value.protocolType);
  writer.int32(value.generation);
  writer.nullableString(value.protocol);
  writer.nullableString(value.leader);
  writer.int64(value.currentStateTimestamp);
  writer.int32(value.members.length);
  for (const member of value.members) {
    writer.string(member.memberId);
    writer.nullableString(member.groupInstanceId);
    writer.string(member.clientId);
    writer.string(member.clientHost);
    writer.int32(member.rebalanceTimeout);
    writer.int32(member.sessionTimeout);
    writer.bytes(member.subscription);
    writer.bytes(member.assignment);
  }
  return writer.finish();
}

function decodeGroupMetadataValue(bytes: Uint8Array): GroupMetadataValue {
  const reader = new ByteReader(bytes);
  expectVersion(reader, GROUP_METADATA_VALUE_VERSION);
  return {
    protocolType: reader.string(),
    generation: reader.int32(),
    protocol: reader.nullableString(),
    leader: reader.nullableString(),
    currentStateTimestamp: reader.int64(),
    members: Array.from({ length: reader.int32() }, () => decodeMember(reader)),
  };
}

function decodeMember(reader: ByteReader): MemberMetadata {
  return {
    memberId: reader.string(),
    groupInstanceId: reader.nullableString(),
    clientId: reader.string(),
    clientHost: reader.string(),
    rebalanceTimeout: reader.int32(),
    sessionTimeout: reader.int32(),
    subscription: reader.bytes(),
    assignment: reader.bytes(),
  };
}

function expectVersion(reader: ByteReader, expected: number): void {
  const version = reader.int16();
  if (version !== expected) throw new RangeError(`a coordinator record has value version ${version}, not ${expected}`);
}

const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const three = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += BASE64.charAt(three >> 18) + BASE64.charAt((three >> 12) & 63);
    text += left > 1 ? BASE64.charAt((three >> 6) & 63) : "=";
    text += left > 2 ? BASE64.charAt(three & 63) : "=";
  }
  return text;
}
