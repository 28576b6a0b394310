import { isBroker } from "../broker/broker";
import type { ApiRequest, ApiResponse } from "../kafka/api/api";
import type { RecordBatch } from "../kafka/recordBatch";
import { pendingEvents } from "../sim/eventQueue";
import type { Message } from "../sim/message";
import { kindOf } from "../world/actorKind";
import type { Cluster } from "../world/cluster";
import type { Body } from "../world/kernel/happening";
import { isQuiet } from "../world/kernel/quiet";
import type { MessageImage, MessagePart } from "./messageImage";
import { keyColour } from "../watch/keys";

const MOST_MESSAGES = 200;
const MOST_COLOURS = 8;

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
  const isRequest = message.requestId === null;
  const client = cluster.actors.get(isRequest ? message.from : message.to);
  const broker = cluster.actors.get(isRequest ? message.to : message.from);
  const { api } = message.body;
  if (!isBroker(broker) || !client || isBroker(client) || api === undefined) return null;
  return {
    id: message.id,
    api,
    kind: isRequest ? "request" : "response",
    client: kindOf(client).nameOf(client),
    broker: broker.nodeId,
    sentUs: message.sentUs,
    arriveUs: message.arriveUs,
    parts: messageParts(cluster, message),
  };
}

/** What Produce and Fetch carry or ask for, by partition. */
export function messageParts(cluster: Cluster, { body, requestId }: Message<Body>): MessagePart[] {
  return requestId === null ? requestParts(cluster, body as ApiRequest) : responseParts(cluster, body as ApiResponse); // told apart by requestId
}

function requestParts(cluster: Cluster, body: ApiRequest): MessagePart[] {
  if (body.api === "Produce") return body.topicData.flatMap(({ name, partitionData }) => partitionData.map(({ index, records }) => carried(cluster, name, index, -1, [records])));
  if (body.api !== "Fetch") return [];
  return body.topics.flatMap(({ topic, partitions }) => partitions.map(({ partition, fetchOffset }) => ({ topic, partition, offset: fetchOffset, count: 0, colours: [] })));
}

function responseParts(cluster: Cluster, body: ApiResponse): MessagePart[] {
  if (body.api === "Produce") {
    return body.responses.flatMap(({ name, partitionResponses }) => partitionResponses.map(({ index, baseOffset }) => ({ topic: name, partition: index, offset: baseOffset, count: 0, colours: [] })));
  }
  if (body.api !== "Fetch") return [];
  return body.responses.flatMap(({ topic, partitions }) =>
    partitions.filter(({ records }) => records.length > 0).map(({ partitionIndex, records }) => carried(cluster, topic, partitionIndex, records[0]?.baseOffset ?? -1, records)),
  );
}

function carried(cluster: Cluster, topic: string, partition: number, offset: number, batches: readonly RecordBatch[]): MessagePart {
  const colours: number[] = [];
  let count = 0;
  for (const { columns } of batches) {
    count += columns.count;
    for (let index = 0; index < columns.count && colours.length < MOST_COLOURS; index++) colours.push(keyColour(cluster.watch.keys, columns.keys[index]));
  }
  return { topic, partition, offset, count, colours };
}
