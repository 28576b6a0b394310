import { decodeCoordinatorRecord, encodeCoordinatorRecord, type CoordinatorRecord } from "../../kafka/coordinatorRecords";
import type { CoordinatorKind } from "../coordinators/runtime";
import type { BrokerFact } from "../facts";
import { applySoft, load, replay } from "./coordinator";
import { emptyGroupCoordinatorState, type GroupCoordinatorState, type GroupSoft } from "./coordinatorState";
import { unload } from "./unload";
import { CONSUMER_OFFSETS_TOPIC } from "../../kafka/names";

/** The coordinator of groups and their offsets (`GroupCoordinatorShard`), one for each partition of `__consumer_offsets`. */
export const groupCoordinator: CoordinatorKind<CoordinatorRecord, GroupCoordinatorState, GroupSoft> = {
  topic: CONSUMER_OFFSETS_TOPIC,
  shards: (broker) => broker.groupShards,
  emptyState: emptyGroupCoordinatorState,
  encode: encodeCoordinatorRecord,
  decode: (key, value) => decodeCoordinatorRecord(key as Uint8Array, value as Uint8Array | null), // the coordinator writes bytes
  replay,
  applySoft,
  loaded: load,
  unloaded: unload,
  facts: (state, { records, soft, timers }) => {
    const facts: BrokerFact[] = [];
    const touched = new Set(soft.map(({ groupId }) => groupId));
    for (const record of records) {
      touched.add(record.key.group);
      if (record.type !== "OffsetCommit") continue;
      const { group: groupId, topic, partition } = record.key;
      facts.push({ type: "committed", groupId, topic, partition, offset: record.value?.offset ?? null });
    }
    for (const groupId of touched) facts.push({ type: "group", groupId, group: state.groups.get(groupId) ?? null });
    for (const { timer, atMs } of timers) {
      if (timer.kind !== "heartbeat" || typeof timer.subject !== "object") continue;
      const [groupId, memberId] = timer.subject;
      facts.push({ type: "session", groupId, memberId, untilUs: atMs === null ? null : atMs * 1000 });
    }
    return facts;
  },
};
