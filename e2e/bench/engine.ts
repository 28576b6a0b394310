import { bootCluster } from "../../src/core/cluster/boot";
import { brokerOf, copyCluster } from "../../src/core/cluster/cluster";
import { runUntil } from "../../src/core/cluster/run";
import type { ClusterSpec } from "../../src/core/cluster/spec";

/** A busy world: 4 producers, one topic of 12 partitions, 4 groups of 3 consumers that process at once. */
export function busySpec(recordsPerBatch: 1 | 16, recordsPerSecond: number): ClusterSpec {
  return {
    seed: 1,
    network: { latencyMs: 1, jitterMs: 0 },
    brokerConfigs: { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 0 },
    topics: [{ name: "load", partitions: 12, configs: {} }],
    producers: Array.from({ length: 4 }, (_, index) => ({
      clientId: `producer-${index}`,
      topics: ["load"],
      source: { ratePerSecond: recordsPerSecond / 4, keys: recordsPerBatch === 1 ? ({ kind: "range", prefix: "key-", from: 1, to: 1000 } as const) : ({ kind: "none" } as const), valueSizeInBytes: 90 },
      configs: { "enable.idempotence": false, "linger.ms": recordsPerBatch === 1 ? 0 : 20, "batch.size": recordsPerBatch === 1 ? 120 : 1700 },
    })),
    groups: Array.from({ length: 4 }, (_, index) => ({ groupId: `group-${index}`, topics: ["load"], configs: { "auto.offset.reset": "earliest" } })),
    consumers: Array.from({ length: 12 }, (_, index) => ({ clientId: `consumer-${index}`, groupId: `group-${index % 4}`, processing: { timeMs: 0 } })),
  };
}

export interface EngineFigures {
  readonly recordsPerSecond: number;
  readonly eventsPerSecond: number;
  readonly recordsPerBatch: number;
  readonly copyMs: number;
}

/** Runs a busy world for some wall time and counts the records that were produced, stored and processed by all four groups. */
export function measureEngine(recordsPerBatch: 1 | 16, wallMs: number): EngineFigures {
  const cluster = bootCluster(busySpec(recordsPerBatch, 40_000));
  runUntil(cluster, 2_000_000);
  const log = (): { records: number; batches: number } => {
    let records = 0;
    let batches = 0;
    for (const { topic, recordCount, batches: list } of brokerOf(cluster).logs.values()) {
      if (topic !== "load") continue;
      records += recordCount;
      batches += list.length;
    }
    return { records, batches };
  };
  const before = log();
  const eventsBefore = cluster.eventCount;
  const start = performance.now();
  while (performance.now() - start < wallMs) runUntil(cluster, cluster.nowUs + 50_000);
  const seconds = (performance.now() - start) / 1000;
  const after = log();
  const copyStart = performance.now();
  copyCluster(cluster);
  const records = after.records - before.records;
  return {
    recordsPerSecond: records / seconds,
    eventsPerSecond: (cluster.eventCount - eventsBefore) / seconds,
    recordsPerBatch: records / (after.batches - before.batches),
    copyMs: performance.now() - copyStart,
  };
}

export function main(): number {
  for (const size of [1, 16] as const) process.stdout.write(`${JSON.stringify(measureEngine(size, 4000))}\n`);
  return 0;
}
