import { expect } from "@playwright/test";
import { type ClusterImageJson, imageJson } from "../../src/core/picture/imageJson";
import { advance } from "../../src/core/history/winding";
import { beginHistory } from "../../src/core/history/begin";
import { projectCluster } from "../../src/core/picture/project";
import { decodeRecordBatch } from "../../src/core/kafka/records/decodeRecordBatch";
import { recordOffset, recordTimestampMs } from "../../src/core/kafka/records/recordBatch";
import { byteAt } from "../../src/core/sim/pagedList";
import { differences } from "./playground";
import type { SavedRun } from "./savedRuns";

interface StoredRecord {
  readonly key: unknown;
  readonly value: unknown;
  readonly timestampMs: number;
}

interface KeptRecords {
  /** By log, by offset. */
  readonly records: ReadonlyMap<string, ReadonlyMap<number, StoredRecord>>;
  /** Who sent each of them, as `identity` writes it. */
  readonly identities: ReadonlySet<string>;
}

/** Fails unless the storage holds everything that a picture had shown as stored or acknowledged: by offset, by identity, with every CRC right. */
export function expectToHoldAllThatWasShown(run: SavedRun, shown: ClusterImageJson): void {
  expect(run.durableTimeUs).toBeGreaterThanOrEqual(shown.clock.timeUs);
  const { records, identities } = readBatches(run);
  for (const { topic, partition, tail, highWatermark } of Object.values(shown.partitions)) {
    const name = [...records.keys()].find((each) => each.startsWith(`${topic}@`) && each.endsWith(`-${partition}`)) ?? "";
    const log = records.get(name) ?? new Map<number, StoredRecord>();
    expect(log.size).toBeGreaterThanOrEqual(highWatermark);
    for (const { offset, key, value, timestampMs } of topic.startsWith("__") ? [] : tail) expect(log.get(offset)).toEqual({ key, value, timestampMs });
  }

  // The same run made again from what is stored says which sends had been acknowledged in that picture, each by its identity.
  const history = beginHistory(run.scenario, run.commands);
  advance(history, shown.clock.timeUs);
  // While a world plays, the page is told of its motion another way.
  expect(differences({ ...imageJson(projectCluster(history.cluster)), messages: shown.messages }, shown)).toEqual([]);
  const acknowledged = [...history.cluster.watch.audit.sends].flatMap(([producer, sends]) =>
    Array.from({ length: sends.length }, (_, send) => send)
      .filter((send) => byteAt(sends, send) & ACKNOWLEDGED)
      .map((send) => identity(producer, send)),
  );
  expect(acknowledged).toHaveLength(Object.values(shown.producers).reduce((sum, producer) => sum + producer.acknowledged, 0));
  expect(acknowledged.filter((each) => !identities.has(each))).toEqual([]);
}

/** The audit's mark of a send of which the producer was told that it is stored. */
const ACKNOWLEDGED = 2;

function identity(producerActor: number, send: number): string {
  return `${producerActor}/${send}`;
}

/** Every stored batch, decoded with its CRC checked; each log's offsets must go on without a gap. */
function readBatches({ batches, partitionEnds }: SavedRun): KeptRecords {
  const records = new Map<string, Map<number, StoredRecord>>();
  const identities = new Set<string>();
  for (const { partition, baseOffset, nextOffset, bytes, origin } of batches) {
    const batch = decodeRecordBatch(bytes, 0, { text: true });
    const log = records.get(partition) ?? new Map<number, StoredRecord>();
    records.set(partition, log);
    expect([partition, baseOffset]).toEqual([partition, log.size]);
    for (let index = 0; index < batch.columns.count; index++) {
      const { keys, values } = batch.columns;
      log.set(recordOffset(batch, index), { key: keys[index], value: values[index], timestampMs: recordTimestampMs(batch, index) });
    }
    expect(log.size).toBe(nextOffset);
    for (const send of origin?.sendNumbers ?? []) identities.add(identity(origin?.producerActor ?? -1, send));
  }
  expect(Object.fromEntries([...records].map(([name, log]) => [name, log.size]))).toEqual(partitionEnds);
  return { records, identities };
}
