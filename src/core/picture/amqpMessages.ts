import type { Content } from "../queue/amqp/content";
import type { Method } from "../queue/amqp/method";
import { isAmqpBroker } from "../queue/broker/amqpBroker";
import { answeredBy, isPublisher, type Publisher } from "../queue/clients/publisher";
import { isReceiver, type Receiver } from "../queue/clients/receiver";
import type { ActorId, Message } from "../sim/message";
import { wasReset } from "../sim/network";
import { keyColour } from "../watch/keys";
import { exchangeInMotion, queueInMotion } from "../watch/queue/motionNames";
import type { Cluster } from "../world/cluster";
import type { Body } from "../world/kernel/happening";
import type { MessagePart, Passage } from "./messageImage";

/** How what is said of messages runs between the RabbitMQ broker and its programs. What was under way on a connection that was closed is lost, and runs nowhere. */
export function amqpPassage(cluster: Cluster, message: Message<Body>): Passage | null {
  const { body, from, to } = message;
  if (body.api !== undefined || wasReset(cluster.network, message)) return null;
  const id = isAmqpBroker(cluster.actors.get(to)) ? from : to;
  const program = cluster.actors.get(id);
  if (isPublisher(program)) return ofPublisher(cluster, id, program, body);
  return isReceiver(program) ? ofReceiver(cluster, id, program, body) : null;
}

function ofPublisher(cluster: Cluster, id: ActorId, publisher: Publisher, body: Method): Passage | null {
  const client = producerOf(cluster, id, publisher);
  switch (body.method) {
    case "basic.publish":
      return { client, kind: "publish", isRequest: true, parts: [carried(cluster, targetOf(body.content), body.content)] };
    // It brings its message back.
    case "basic.return":
      return { client, kind: "deliver", isRequest: false, parts: [carried(cluster, targetOf(body.content), body.content)] };
    case "basic.ack":
    case "basic.nack":
      return { client, kind: "confirm", isRequest: false, parts: answers(answered(cluster, id, publisher, body)) };
    default:
      return null;
  }
}

function ofReceiver(cluster: Cluster, client: ActorId, { queue }: Receiver, body: Method): Passage | null {
  const wire = queueInMotion(queue.name);
  switch (body.method) {
    case "basic.deliver":
      return { client, kind: "deliver", isRequest: false, parts: [carried(cluster, wire, body.content)] };
    // It sends one on to another queue.
    case "basic.publish":
      return { client, kind: "publish", isRequest: true, parts: [carried(cluster, targetOf(body.content), body.content)] };
    case "basic.ack":
    case "basic.nack":
    case "basic.reject":
      return { client, kind: "settle", isRequest: true, parts: [answer(wire, -1)] };
    default:
      return null;
  }
}

/** What publishes beside a producer runs on the producer's wires, for as long as that has it. */
function producerOf({ publishers, actorsByClientId }: Cluster, id: ActorId, { name }: Publisher): ActorId {
  return (publishers.get(name) === id ? actorsByClientId.get(name) : undefined) ?? id;
}

/** What a confirm is about: one that was just taken in its publisher has forgotten. */
function answered({ watch: { amqp } }: Cluster, id: ActorId, publisher: Publisher, confirm: Parameters<typeof answeredBy>[1]): readonly Content[] {
  const contents = answeredBy(publisher, confirm).map(([, content]) => content);
  return contents.length === 0 && amqp?.answered?.publisher === id ? amqp.answered.contents : contents;
}

/** The exchange that a message is published to; the default exchange is a way to each queue. */
function targetOf({ exchange, routingKey }: Content): string {
  return exchange === "" ? queueInMotion(routingKey) : exchangeInMotion(exchange);
}

function carried({ watch }: Cluster, topic: string, { properties, origin }: Content): MessagePart {
  return { topic, partition: 0, offset: origin?.sendNumber ?? -1, count: 1, colours: [keyColour(watch.keys, properties.headers["key"])] };
}

/** One for each wire, with the newest of its messages. */
function answers(contents: readonly Content[]): MessagePart[] {
  const newest = new Map(contents.map((content) => [targetOf(content), content.origin?.sendNumber ?? -1]));
  return Array.from(newest, ([wire, sendNumber]) => answer(wire, sendNumber));
}

function answer(topic: string, offset: number): MessagePart {
  return { topic, partition: 0, offset, count: 0, colours: [] };
}
