import { describe, expect, it } from "vitest";
import { makeRecordBatch } from "../kafka/records/makeRecordBatch";
import { pageOf } from "../kafka/records/appendToPage";
import { onlyBroker } from "../world/testWorld";
import type { Broker } from "../broker/broker";
import type { PartitionLog } from "../broker/log/partitionLog";
import { isConsumer, type Consumer } from "../clients/consumer/consumer";
import { isProducer } from "../clients/producer/producer";
import { leaderLogs } from "../watch/actual";
import { bootCluster } from "../world/boot";
import { checkCheckpoint } from "./checkpointInvariants";
import { clientOf, type Cluster } from "../world/cluster";
import { checkEvent } from "./invariants";
import { newWitness, type Witness } from "./witness";
import { runUntil } from "../world/kernel/run";

/** Two members of one group in the middle of their work, after ten seconds that were looked at. */
function witnessedWorld(): { readonly cluster: Cluster; readonly witness: Witness } {
  const cluster = bootCluster({
    seed: 1,
    network: { latencyMs: 5, jitterMs: 0 },
    brokerConfigs: { "offsets.topic.replication.factor": 1, "offsets.topic.num.partitions": 1, "group.initial.rebalance.delay.ms": 0 },
    topics: [{ name: "t", partitions: 2, configs: {} }],
    producers: [
      {
        clientId: "p",
        topics: ["t"],
        source: { ratePerSecond: 20, keys: { kind: "range", prefix: "k", from: 1, to: 9 }, valueSizeInBytes: 0 },
        configs: { "enable.idempotence": false },
      },
    ],
    groups: [{ groupId: "g", topics: ["t"], configs: { "auto.offset.reset": "earliest" } }],
    consumers: ["one", "two"].map((clientId) => ({ clientId, groupId: "g", processing: { timeMs: 20 } })),
  });
  const witness = newWitness();
  runUntil(cluster, 10_000_000, Infinity, (_cluster, event) => expect(checkEvent(witness, cluster, event)).toBeNull());
  return { cluster, witness };
}

function consumerOf(cluster: Cluster, clientId: string): Consumer {
  const found = clientOf(cluster, isConsumer, clientId);
  if (!found) throw new Error(`there is no consumer ${clientId}`);
  return found.client;
}

function logOf(broker: Broker, name: "t-0" | "__consumer_offsets-0") {
  const log = broker.logs.get(name);
  if (!log) throw new Error(`there is no log ${name}`);
  return log;
}

function toldLog({ watch: { actual } }: Cluster): PartitionLog {
  return leaderLogs(actual, "t")[0] as PartitionLog; // its partition 0
}

const damages: readonly (readonly [string, (cluster: Cluster, broker: Broker) => void])[] = [
  ["the high watermark stays", (_, broker) => void Object.assign(logOf(broker, "t-0"), { highWatermark: 1, lastStableOffset: 1 })],
  ["does not hold", (_, broker) => void (logOf(broker, "t-0").logStartOffset = 1_000_000)],
  ["follows one that ends at", (_, broker) => void Object.assign(logOf(broker, "t-0"), { pages: [pageOf(1_000_000, makeRecordBatch({ keys: [null], values: [null], baseTimestampMs: 0 }))], logEndOffset: 1_000_001, highWatermark: 1_000_001, lastStableOffset: 1_000_001 })],
  ["was neither answered nor parked", (_, broker) => void broker.requests.set(12_345, { from: 3, connection: 0 })],
  ["index of parked requests", (_, broker) => broker.purgatory.byPartition.clear()],
  ["and so does", (cluster) => [...consumerOf(cluster, "two").partitions].forEach(([name, owned]) => consumerOf(cluster, "one").partitions.set(name, owned))],
  ["but was assigned", (cluster) => consumerOf(cluster, "one").partitions.clear()],
  ["went back from generation", (cluster) => void (consumerOf(cluster, "one").member.generationId -= 1)],
  ["are accounted for", (cluster) => clientOf(cluster, isProducer, "p")?.client.accumulator.clear()],
  ["the fold of __cluster_metadata", (_, broker) => void broker.metadata.brokers.set(9, { nodeId: 9 })],
  ["the fold of __consumer_offsets", (_, broker) => broker.groupShards.get(0)?.state.offsets.get("g")?.delete("t-0")],
  ["the delivery check counts", (cluster) => void (cluster.watch.audit.partitions.get("t-0")!.stored += 1)],
  ["has lost what was acknowledged", (cluster) => void (toldLog(cluster).pages[0]!.sizesInBytes[0]! += 1)],
  ["was told to end at", (cluster) => void (toldLog(cluster).logEndOffset -= 1)],
  ["the metadata that was told", (cluster) => void cluster.watch.actual.metadata.brokers.set(9, { nodeId: 9 })],
  ["is another one than was told", (cluster) => void cluster.watch.actual.groups.set("g", { ...cluster.watch.actual.groups.get("g")! })],
  ["and nobody was told", (cluster) => cluster.watch.actual.committed.clear()],
];

describe("SIM-1 the checks see what they are for", () => {
  it("nothing in a world that is well", () => {
    const { cluster, witness } = witnessedWorld();
    expect(checkCheckpoint(witness, cluster)).toBeNull();
  });

  it.each(damages)("... %s ...", (words, damage) => {
    const { cluster, witness } = witnessedWorld();
    // In the middle of a second, when records are on their way.
    while (clientOf(cluster, isProducer, "p")?.client.accumulator.size === 0) runUntil(cluster, cluster.nowUs + 1000, 1);
    damage(cluster, onlyBroker(cluster));
    expect(checkCheckpoint(witness, cluster)).toContain(words);
  });
});
