import { describe, expect, it } from "vitest";
import { onlyBroker } from "../world/testWorld";
import { encodeBatch } from "../clients/encodeBatch";
import { originAt, placesOf } from "../clients/recordTexts";
import { digest } from "../sim/digest";
import { bootCluster } from "../world/boot";

import { attachLogs, detachLogs, logName, type StoredBytes } from "./detach";
import { storedLogs } from "./storedLogs";
import { projectCluster } from "../picture/project";
import { logsDigest } from "../check/logsDigest";
import { randomSpec } from "../check/random/randomWorld";
import type { Cluster } from "../world/cluster";
import { runUntil } from "../world/kernel/run";

describe("HIS-5 a world comes back from its soft state and its stored bytes", () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    it(`seed ${seed}`, () => {
      const cluster = bootCluster(randomSpec(seed));
      runUntil(cluster, 25_000_000);
      const broker = onlyBroker(cluster);
      const stored = new Map<string, StoredBytes[]>();
      for (const log of broker.logs.values()) {
        const name = logName(broker.nodeId, log);
        stored.set(name, Array.from(placesOf(log), ({ page, at }) => ({ bytes: encodeBatch(page, at), origin: originAt(page, at) })));
      }
      const detached = structuredClone(detachLogs(cluster));
      runUntil(cluster, 60_000_000);
      const restored = attachLogs(detached, storedLogs(stored));
      runUntil(restored, 60_000_000);
      expect(projectCluster(restored)).toEqual(projectCluster(cluster));
      const soft = ({ watch }: Cluster): string => digest({ ...watch, actual: { ...watch.actual, logs: null } });
      expect(soft(restored)).toBe(soft(cluster));
      expect(logsDigest(restored)).toBe(logsDigest(cluster));
    });
  }
});

describe("HIS-5 the name of a stored log", () => {
  it("tells brokers, topics made again, and partitions apart; what was stored of the first broker keeps its name", () => {
    const place = { topic: "orders", topicId: "a", partition: 0 };
    expect(logName(1, place)).toBe("orders@a-0");
    const others = [logName(2, place), logName(12, place), logName(1, { ...place, topicId: "b" }), logName(1, { ...place, partition: 1 })];
    expect(new Set([logName(1, place), ...others]).size).toBe(5);
  });
});
