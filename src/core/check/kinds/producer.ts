import type { Producer } from "../../clients/producer/producer";
import { parseTopicPartition } from "../../kafka/topicPartition";
import { leaderLog } from "../../watch/actual";
import type { ActorPart } from "../actorPart";

export const producerPart: ActorPart<Producer> = {
  /** Every record is somewhere, once: acknowledged, failed, in a request, or in the accumulator. */
  check: (_witness, _cluster, _id, producer) => {
    let records = producer.acknowledged + producer.failed;
    let bytes = 0;
    const count = (batch: { readonly keys: readonly unknown[]; readonly allocatedBytes: number }): void => {
      records += batch.keys.length;
      bytes += batch.allocatedBytes;
    };
    for (const batches of producer.accumulator.values()) batches.forEach(count);
    for (const { batches } of producer.inFlight.values()) batches.forEach(count);
    if (records !== producer.sent) return `${producer.clientId} has sent ${producer.sent} records, but ${records} are accounted for`;
    return bytes === producer.bufferedBytes ? null : `${producer.clientId} counts ${producer.bufferedBytes} bytes of buffer.memory in use and holds ${bytes}`;
  },
  progress: ({ acknowledged, failed }) => acknowledged + failed,
  /** Whatever could be sent was sent. */
  unfinished: ({ watch: { actual } }, { clientId, inFlight, accumulator }) => {
    if (inFlight.size > 0) return `${clientId} still waits for an answer`;
    const unsent = [...accumulator.keys()].map(parseTopicPartition).find(({ topic, partition }) => leaderLog(actual, topic, partition));
    return unsent ? `${clientId} never sends what it has for ${unsent.topic}-${unsent.partition}` : null;
  },
};
