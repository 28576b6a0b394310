import { isBroker } from "../broker/broker";
import type { FetchRequest, FetchResponse } from "../kafka/api/fetch";
import type { ProduceRequest, ProduceResponse } from "../kafka/api/produce";
import type { RecordSource } from "../apps/program";
import { keyText } from "../apps/recordSource";
import { keyOf } from "../clients/recordTexts";
import { baseOffsetOf, countIn, firstSlotOf, type RecordsSlice } from "../kafka/records/batchPage";
import { countOf, isMade, ROW, type SentBatch } from "../kafka/records/madeBatch";
import { pendingEvents } from "../sim/eventQueue";
import type { Message } from "../sim/message";
import { kindOf } from "../world/actorKind";
import type { Cluster } from "../world/cluster";
import type { Body } from "../world/kernel/happening";
import { isQuiet } from "../world/kernel/quiet";
import type { MessageImage, MessagePart, Passage } from "./messageImage";
import { keyColour } from "../watch/keys";

const MOST_MESSAGES = 200;
const MOST_COLOURS = 8;

/** Tells how a message runs along wires; null for what it cannot read, and for what runs on none. */
export type PassageReader = (cluster: Cluster, message: Message<Body>) => Passage | null;

/** One for each protocol. They belong to no world. */
const readers: PassageReader[] = [kafkaPassage];

/** Adds the reader of a protocol; a chunk that is loaded later adds its own then. */
export function addPassageReader(reader: PassageReader): void {
  readers.push(reader);
}

/**
 * How a message runs along wires, or null where it runs on none. To be asked while it is on its way, or right after the event of its
 * arrival: what it answers is forgotten after that.
 */
export function passageOf(cluster: Cluster, message: Message<Body>): Passage | null {
  for (const read of readers) {
    const passage = read(cluster, message);
    if (passage) return passage;
  }
  return null;
}

/** Requests and responses on their way now, oldest first. */
export function messagesInFlight(cluster: Cluster): MessageImage[] {
  const messages: Message<Body>[] = [];
  for (const event of pendingEvents(cluster.queue)) if (event.kind === "message" && !isQuiet(event.message.body)) messages.push(event.message);
  messages.sort((one, other) => one.id - other.id);
  const images: MessageImage[] = [];
  for (const message of messages) {
    const image = messageImage(cluster, message);
    if (image) images.push(image);
    if (images.length === MOST_MESSAGES) break;
  }
  return images;
}

function messageImage(cluster: Cluster, message: Message<Body>): MessageImage | null {
  const { id, body, from, to, sentUs, arriveUs } = message;
  const passage = passageOf(cluster, message);
  const isRequest = passage?.isRequest ?? message.requestId === null;
  const client = cluster.actors.get(passage?.client ?? (isRequest ? from : to));
  const broker = cluster.actors.get(isRequest ? to : from);
  // Kafka's other requests run on no wire, and are shown all the same.
  const api = body.api ?? (passage ? body.method : undefined);
  if (api === undefined || !client || !broker || isBroker(client)) return null;
  return {
    id,
    api,
    kind: isRequest ? "request" : "response",
    client: kindOf(client).nameOf(client),
    broker: isBroker(broker) ? broker.nodeId : null,
    sentUs,
    arriveUs,
    parts: passage?.parts ?? [],
  };
}

/** Produce and Fetch run on wires, with what they carry or ask for, by partition. */
function kafkaPassage(cluster: Cluster, { body, requestId, from, to }: Message<Body>): Passage | null {
  if (body.api !== "Produce" && body.api !== "Fetch") return null;
  const step = body.api === "Produce" ? "produce" : "fetch";
  return requestId === null
    ? { client: from, kind: `${step}Request`, isRequest: true, parts: requestParts(cluster, body as ProduceRequest | FetchRequest) } // told apart by requestId
    : { client: to, kind: `${step}Response`, isRequest: false, parts: responseParts(cluster, body as ProduceResponse | FetchResponse) };
}

function requestParts(cluster: Cluster, body: ProduceRequest | FetchRequest): MessagePart[] {
  if (body.api === "Produce") return body.topicData.flatMap(({ name, partitionData }) => partitionData.map(({ index, records }) => sent(cluster, name, index, records)));
  return body.topics.flatMap(({ topic, partitions }) => partitions.map(({ partition, fetchOffset }) => ({ topic, partition, offset: fetchOffset, count: 0, colours: [] })));
}

function responseParts(cluster: Cluster, body: ProduceResponse | FetchResponse): MessagePart[] {
  if (body.api === "Produce") {
    return body.responses.flatMap(({ name, partitionResponses }) => partitionResponses.map(({ index, baseOffset }) => ({ topic: name, partition: index, offset: baseOffset, count: 0, colours: [] })));
  }
  return body.responses.flatMap(({ topic, partitions }) =>
    partitions.filter(({ records }) => records.length > 0).map(({ partitionIndex, records }) => given(cluster, topic, partitionIndex, records)),
  );
}

/** What a Produce carries. */
function sent({ watch: { keys } }: Cluster, topic: string, partition: number, batch: SentBatch): MessagePart {
  const count = countOf(batch);
  const few = Array.from({ length: Math.min(count, MOST_COLOURS) }, (_, index) => keyColour(keys, isMade(batch) ? keyText((batch.source as RecordSource).keys, batch.rows[index * ROW + 1] as number) : batch.columns.keys[index])); // what a producer's program is
  return { topic, partition, offset: -1, count, colours: few };
}

/** What a Fetch gives. */
function given({ watch: { keys } }: Cluster, topic: string, partition: number, slices: readonly RecordsSlice[]): MessagePart {
  const colours: number[] = [];
  for (const { page, from, to } of slices) {
    for (let batch = from; batch < to && colours.length < MOST_COLOURS; batch++) {
      for (let slot = firstSlotOf(page, batch); slot < firstSlotOf(page, batch + 1) && colours.length < MOST_COLOURS; slot++) colours.push(keyColour(keys, keyOf({ page, batch, slot })));
    }
  }
  const [first] = slices;
  return { topic, partition, offset: first ? baseOffsetOf(first.page, first.from) : -1, count: countIn(slices), colours };
}
