import { describe, expect, it } from "vitest";
import { busySpec } from "../../../e2e/bench/scenes";
import { randomSpec } from "../check/random/randomWorld";
import { encodeRecordBatch } from "../kafka/records/encodeRecordBatch";
import { bootCluster } from "../world/boot";
import { runUntil } from "../world/kernel/run";
import type { ClusterSpec } from "../world/spec";
import { onlyBroker } from "../world/testWorld";
import { encodeBatch } from "./encodeBatch";
import { batchAt } from "./recordBatches";
import { placesOf } from "./recordTexts";

describe("BYT-4 the bytes of a batch", () => {
  it.each<[string, ClusterSpec, number]>([
    ["one record a batch", busySpec(1), 200_000],
    ["some 16 a batch", busySpec(16), 200_000],
    ...[1, 2, 3, 4, 5, 6, 7, 8].map((seed) => [`a random world, seed ${seed}`, randomSpec(seed), 20_000_000] as [string, ClusterSpec, number]),
  ])("are the same straight from its numbers and by its texts: %s", (_, spec, untilUs) => {
    const cluster = bootCluster(spec);
    runUntil(cluster, untilUs);
    for (const log of onlyBroker(cluster).logs.values()) for (const { page, at } of placesOf(log)) expect(encodeBatch(page, at)).toEqual(encodeRecordBatch(batchAt(page, at)));
  });
});
