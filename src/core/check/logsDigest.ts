import { isBroker } from "../broker/broker";
import { encodeRecordBatch } from "../kafka/recordBatchCodec";
import { digest } from "../sim/digest";
import { itemAt } from "../sim/pagedList";
import { actorsOf, type Cluster } from "../world/cluster";

/**
 * A fingerprint of everything that a world's brokers have stored, internal topics included, 16 hexadecimal digits: of Kafka's bytes, so
 * it does not depend on how a batch is held in memory. Two engines that differ in it run the same commands differently.
 */
export function logsDigest(cluster: Cluster): string {
  return digest(
    [...actorsOf(cluster, isBroker)].map(([, { nodeId, logs }]) => [
      nodeId,
      [...logs].map(([name, { batches }]) => [name, Array.from({ length: batches.length }, (_, at) => digest(encodeRecordBatch(itemAt(batches, at))))]),
    ]),
  );
}
