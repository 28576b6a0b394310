import { isBroker } from "../broker/broker";
import { batchesOf } from "../clients/recordBatches";
import { encodeRecordBatch } from "../kafka/records/encodeRecordBatch";
import { digest, digestBytes } from "../sim/digest";
import { actorsOf, type Cluster } from "../world/cluster";

/**
 * A fingerprint of everything that a world's brokers have stored, internal topics included, 16 hexadecimal digits: of Kafka's bytes, so
 * it does not depend on how a batch is held in memory. Two engines that differ in it run the same commands differently.
 */
export function logsDigest(cluster: Cluster): string {
  return digest(
    [...actorsOf(cluster, isBroker)].map(([, { nodeId, logs }]) => [
      nodeId,
      [...logs].map(([name, log]) => [name, Array.from(batchesOf(log), (batch) => digestBytes(encodeRecordBatch(batch)))]),
    ]),
  );
}
