import { describe, expect, it } from "vitest";
import type { Broker } from "../broker/broker";
import type { Consumer } from "../clients/consumer/consumer";
import { append } from "../sim/pagedList";
import { bootCluster } from "../world/boot";
import { checkCheckpoint } from "./checkpointInvariants";
import { brokerOf, clientOf, type Cluster } from "../world/cluster";
import { checkEvent, newWitness, type Witness } from "./invariants";
import { runUntil } from "../world/run";

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
  const found = clientOf(cluster, "consumer", clientId);
  if (!found) throw new Error(`there is no consumer ${clientId}`);
  return found.client;
}

function logOf(broker: Broker, name: "t-0" | "__consumer_offsets-0") {
  const log = broker.logs.get(name);
  if (!log) throw new Error(`there is no log ${name}`);
  return log;
}

const damages: readonly (readonly [string, (cluster: Cluster, broker: Broker) => void])[] = [
  ["the high watermark stays", (_, broker) => void Object.assign(logOf(broker, "t-0"), { highWatermark: 1, lastStableOffset: 1 })],
  ["does not hold", (_, broker) => void (logOf(broker, "t-0").logStartOffset = 1_000_000)],
  ["follows one that ends at", (_, broker) => append(logOf(broker, "t-0").batches, { ...logOf(broker, "t-0").batches.pages[0]!.items[0]!, baseOffset: 7 })],
  ["was neither answered nor parked", (_, broker) => void broker.requests.set(12_345, { from: 3, connection: 0 })],
  ["index of parked fetches", (_, broker) => broker.fetchesByPartition.clear()],
  ["and so does", (cluster) => [...consumerOf(cluster, "two").partitions].forEach(([name, owned]) => consumerOf(cluster, "one").partitions.set(name, owned))],
  ["but was assigned", (cluster) => consumerOf(cluster, "one").partitions.clear()],
  ["went back from generation", (cluster) => void (consumerOf(cluster, "one").member.generationId -= 1)],
  ["are accounted for", (cluster) => clientOf(cluster, "producer", "p")?.client.accumulator.clear()],
  ["the fold of __cluster_metadata", (_, broker) => void broker.metadata.brokers.set(9, { nodeId: 9 })],
  ["the fold of __consumer_offsets", (_, broker) => broker.coordinator.offsets.get("g")?.delete("t-0")],
  ["the delivery check counts", (cluster) => void (cluster.watch.audit.partitions.get("t-0")!.stored += 1)],
  ["has lost what was acknowledged", (_, broker) => broker.logs.set("t-0", { ...logOf(broker, "t-0") })],
];

describe("SIM-1 the checks see what they are for", () => {
  it("nothing in a world that is well", () => {
    const { cluster, witness } = witnessedWorld();
    expect(checkCheckpoint(witness, cluster)).toBeNull();
  });

  it.each(damages)("... %s ...", (words, damage) => {
    const { cluster, witness } = witnessedWorld();
    // In the middle of a second, when records are on their way.
    while (clientOf(cluster, "producer", "p")?.client.accumulator.size === 0) runUntil(cluster, cluster.nowUs + 1000, 1);
    damage(cluster, brokerOf(cluster));
    expect(checkCheckpoint(witness, cluster)).toContain(words);
  });
});
