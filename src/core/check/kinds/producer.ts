import type { Producer } from "../../clients/producer/producer";
import { keyOfDecision, newestDecisions } from "../../clients/producer/decisions";
import { ROW } from "../../kafka/records/madeBatch";
import { murmur2 } from "../../kafka/murmur2";
import { encodeUtf8 } from "../../kafka/utf8";
import { parseTopicPartition } from "../../kafka/topicPartition";
import { leaderLog } from "../../watch/actual";
import type { ActorPart } from "../actorPart";

export const producerPart: ActorPart<Producer> = {
  /** Every record is somewhere, once: acknowledged, failed, in a request, or in the accumulator, and where its key belongs. */
  check: (witness, _cluster, id, producer) => {
    // Of several requests under way the first may be lost and the second not.
    if (witness.hasFaults && producer.config.maxInFlightRequestsPerConnection > 1) witness.overtaken.add(id);
    let records = producer.acknowledged + producer.failed;
    let bytes = 0;
    const count = (batch: { readonly rows: readonly number[]; readonly allocatedBytes: number }): void => {
      records += batch.rows.length / ROW;
      bytes += batch.allocatedBytes;
    };
    for (const batches of producer.accumulator.values()) batches.forEach(count);
    for (const { batches } of producer.inFlight.values()) batches.forEach(count);
    if (records !== producer.sent) return `${producer.clientId} has sent ${producer.sent} records, but ${records} are accounted for`;
    if (bytes !== producer.bufferedBytes) return `${producer.clientId} counts ${producer.bufferedBytes} bytes of buffer.memory in use and holds ${bytes}`;
    return checkKeys(producer);
  },
  progress: ({ acknowledged, failed }) => acknowledged + failed,
  /** Whatever could be sent was sent. */
  unfinished: ({ watch: { actual } }, { clientId, inFlight, accumulator }) => {
    if (inFlight.size > 0) return `${clientId} still waits for an answer`;
    const unsent = [...accumulator.keys()].map(parseTopicPartition).find(({ topic, partition }) => leaderLog(actual, topic, partition));
    return unsent ? `${clientId} never sends what it has for ${unsent.topic}-${unsent.partition}` : null;
  },
};

/** The way of a key, worked out once more. */
function checkKeys(producer: Producer): string | null {
  const { clientId } = producer;
  const [newest] = newestDecisions(producer);
  const key = newest ? keyOfDecision(newest) : null;
  if (!newest || newest.hash === null || key === null) return null;
  const partition = (murmur2(encodeUtf8(key)) & 0x7fffffff) % newest.partitions;
  return partition === newest.partition ? null : `${clientId} sent the key ${key} to ${newest.topic}-${newest.partition}, and it belongs into ${newest.topic}-${partition}`;
}
