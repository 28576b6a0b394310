import { nextDraw, nextPauseUs } from "../../apps/recordSource";
import { ROW } from "../../kafka/records/madeBatch";
import { recordSizeWith } from "../../kafka/records/encodeRecordBatch";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { aloneInBatch, countRow, openBatch } from "./accumulator";
import { remember } from "./decisions";
import { contentBytesOf } from "./newRecord";
import type { Producer } from "./producer";

/**
 * The sends up to a virtual time in µs that do nothing but add a record without a key to the batch that is open, one after the other: most
 * sends of most sources. It ends before the first one after which something else may come of it (a batch is full, records stick to another
 * partition), which `send()` does in all its steps; so what comes of all is the same.
 */
export function appendRun(producer: Producer, untilUs: number): void {
  const { source, random, topics, config, hasOtherClients } = producer;
  if (source.keys.kind !== "none" || topics.length !== 1 || hasOtherClients || producer.blocked) return;
  const topic = topics[0] as string; // there is one
  const sticky = producer.sticky.get(topic);
  const partitions = producer.metadata.topics.get(topic)?.length ?? 0;
  const batch = sticky && sticky.partition < partitions ? openBatch(producer, formatTopicPartition(topic, sticky.partition)) : null;
  if (!sticky || !batch || batch.source !== source || batch.rows.length === 0) return;
  const most = Math.min(config.maxRequestSize, config.bufferMemory);
  const record = { source, keyNumber: -1, text: null };
  const { rows, baseTimestampMs } = batch;
  for (let atUs = producer.nextSendUs; atUs <= untilUs; atUs = producer.nextSendUs) {
    const contentBytes = contentBytesOf(source, -1, producer.sent);
    const timestampMs = Math.floor(atUs / 1000);
    const size = recordSizeWith(rows.length / ROW, timestampMs - baseTimestampMs, contentBytes);
    if (aloneInBatch(contentBytes) > most || batch.sizeInBytes + size > config.batchSize || sticky.bytes + size >= config.batchSize) return;
    rows.push(producer.sent, -1, nextDraw(random), timestampMs - baseTimestampMs);
    countRow(batch, timestampMs, size);
    sticky.bytes += size;
    remember(producer, topic, record, sticky.partition, partitions, null, sticky.bytes);
    producer.made++;
    producer.sent++;
    producer.nextSendUs = atUs + nextPauseUs(source, random);
  }
}
