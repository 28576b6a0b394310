import { describe, expect, it } from "vitest";
import { onlyBroker } from "../testWorld";
import { bootCluster } from "../boot";

import { isFull } from "./logCap";
import { runNext, runUntil } from "./run";
import type { ClusterSpec } from "../spec";
import { submit } from "../submit";

const SECOND_US = 1_000_000;

const spec: ClusterSpec = {
  seed: 1,
  network: { latencyMs: 1, jitterMs: 0 },
  brokerConfigs: { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 0 },
  topics: [{ name: "large", partitions: 1, configs: {} }, { name: "small", partitions: 1, configs: {} }],
  producers: [{ clientId: "p", topics: ["large"], source: { ratePerSecond: 100, keys: { kind: "none" }, valueSizeInBytes: 1_000_000 }, configs: {} }],
  groups: [{ groupId: "g", topics: ["small"], configs: { "auto.commit.interval.ms": 10 } }],
  consumers: [{ clientId: "c", groupId: "g", processing: { timeMs: 0 } }],
};

describe("CMD-2 the cap on the logs counts what is stored", () => {
  it("so that deleting a topic makes room, and the world goes on", () => {
    const cluster = bootCluster(spec);
    runUntil(cluster, 60 * SECOND_US);
    expect(isFull(cluster)).toBe(true);
    const stoodAtUs = cluster.nowUs;
    expect(stoodAtUs).toBeLessThan(10 * SECOND_US);
    submit(cluster, { type: "deleteTopic", topic: "large" });
    expect(isFull(cluster)).toBe(false);
    runUntil(cluster, stoodAtUs + SECOND_US);
    expect(cluster.nowUs).toBe(stoodAtUs + SECOND_US);
    expect(onlyBroker(cluster).logs.has("large-0")).toBe(false);
    expect(onlyBroker(cluster).logBytes).toBeLessThan(1_000_000);
  });

  it("in all logs, after every event, the internal ones too", () => {
    const cluster = bootCluster({ ...spec, producers: [] });
    submit(cluster, { type: "deleteTopic", topic: "large" });
    while (cluster.nowUs < 5 * SECOND_US) {
      runNext(cluster);
      const { logs, logBytes } = onlyBroker(cluster);
      expect(logBytes).toBe([...logs.values()].reduce((sum, log) => sum + log.sizeInBytes, 0));
    }
    expect([...onlyBroker(cluster).logs].some(([name, log]) => name.startsWith("__consumer_offsets") && log.sizeInBytes > 0)).toBe(true);
  });
});
