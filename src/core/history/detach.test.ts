import { describe, expect, it } from "vitest";
import { encodeRecordBatch } from "../kafka/recordBatchCodec";
import { digest } from "../sim/digest";
import { bootCluster } from "../world/boot";
import { brokerOf } from "../world/cluster";
import { attachLogs, batchesFrom, detachLogs, logName, storedLogs, type StoredBytes } from "./detach";
import { projectCluster } from "../picture/project";
import { randomSpec } from "../check/randomWorld";
import { runUntil } from "../world/run";

describe("HIS-5 a world comes back from its soft state and its stored bytes", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    it(`seed ${seed}`, () => {
      const cluster = bootCluster(randomSpec(seed));
      runUntil(cluster, 25_000_000);
      const broker = brokerOf(cluster);
      const stored = new Map<string, StoredBytes[]>();
      for (const log of broker.logs.values()) {
        const name = logName(broker, log);
        stored.set(name, batchesFrom(log, 0).map((batch) => ({ bytes: encodeRecordBatch(batch), origin: batch.columns.origin })));
      }
      const detached = structuredClone(detachLogs(cluster));
      runUntil(cluster, 60_000_000);
      const restored = attachLogs(detached, storedLogs(stored));
      runUntil(restored, 60_000_000);
      expect(projectCluster(restored)).toEqual(projectCluster(cluster));
      expect(digest(restored.watch)).toBe(digest(cluster.watch));
    });
  }
});
