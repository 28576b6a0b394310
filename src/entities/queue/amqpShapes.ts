import { entityName } from "../../actions/entities/entities";
import type { ExchangeShape, QueueShape, ReceiverShape } from "../../canvas/layout/sceneStructure";
import type { QueueImage } from "../../core/picture/amqpImage";
import type { ClusterImage } from "../../core/picture/image";
import type { EntityName } from "../../scenario/scenario";

/** The queues that are drawn by themselves: first those that are published to, then those behind each exchange. One that only gets dead letters is a row of the queue whose they are. */
export function queueShapes(image: ClusterImage): readonly QueueShape[] {
  const exchanges = drawnExchanges(image);
  const shapes = [...image.queues.values()].flatMap((queue): QueueShape[] => {
    const { name } = queue.spec;
    if (isFolded(image, name)) return [];
    const deadLetters = deadLettersOf(image, queue);
    const folded = deadLetters.find((dead) => isFolded(image, dead)) ?? null;
    const behind = exchanges.filter((exchange) => image.exchanges.get(exchange)?.queues.includes(name));
    return [{ id: name, index: queue.index, exchanges: behind, isBehind: behind.length > 0, form: behind.length > 0 ? "slim" : "whole", folded, deadLetters: folded === null ? deadLetterTarget(queue) : null }];
  });
  const order = ({ exchanges: behind }: QueueShape): number => exchanges.indexOf(behind[0] ?? "");
  return shapes.toSorted((one, other) => order(one) - order(other));
}

export function exchangeShapes(image: ClusterImage): readonly ExchangeShape[] {
  return drawnExchanges(image).flatMap((name) => {
    const exchange = image.exchanges.get(name);
    return exchange ? [{ id: name, index: exchange.index, queues: exchange.queues.filter((queue) => !isFolded(image, queue)) }] : [];
  });
}

/** In the order of the queues that they receive from. */
export function receiverShapes(image: ClusterImage): readonly ReceiverShape[] {
  const queues = queueShapes(image).map(({ id }) => id);
  const shapes = [...image.receivers.values()].map(({ spec, actor }) => ({ id: spec.name, actor, queue: spec.queue }));
  const sorted = shapes.toSorted((one, other) => queues.indexOf(one.queue) - queues.indexOf(other.queue));
  return sorted.map((shape, at) => ({ ...shape, isFirst: sorted[at - 1]?.queue !== shape.queue, isLine: false }));
}

/** All but those that only dead letters go through, on their way to queues that are not drawn by themselves. */
function drawnExchanges(image: ClusterImage): readonly string[] {
  return [...image.exchanges.values()].flatMap(({ spec: { name }, queues }) => (getsDeadLetters(image, name) && !isPublishedTo(image, name, "") && queues.every((queue) => isFolded(image, queue)) ? [] : [name]));
}

/** It is there for dead letters only: nobody publishes to it, nobody receives from it. */
function isFolded(image: ClusterImage, name: string): boolean {
  const queue = image.queues.get(name);
  if (!queue || queue.receivers.length > 0 || isPublishedTo(image, "", name)) return false;
  const isBound = queue.spec.bindings.some(({ exchange }) => !getsDeadLetters(image, exchange) || isPublishedTo(image, exchange, ""));
  return !isBound && [...image.queues.values()].some((other) => other !== queue && deadLettersOf(image, other).includes(name));
}

/** The queues to which a queue's dead letters go. */
function deadLettersOf(image: ClusterImage, { spec }: QueueImage): readonly string[] {
  const exchange = spec.arguments["x-dead-letter-exchange"];
  if (exchange === undefined) return [];
  if (exchange === "") return [spec.arguments["x-dead-letter-routing-key"] ?? spec.name];
  return image.exchanges.get(exchange)?.queues ?? [];
}

function deadLetterTarget({ spec }: QueueImage): EntityName | null {
  const exchange = spec.arguments["x-dead-letter-exchange"];
  if (exchange === undefined) return null;
  return exchange === "" ? entityName("queue", spec.arguments["x-dead-letter-routing-key"] ?? spec.name) : entityName("exchange", exchange);
}

function getsDeadLetters({ queues }: ClusterImage, name: string): boolean {
  return [...queues.values()].some(({ spec }) => spec.arguments["x-dead-letter-exchange"] === name);
}

/** Of the default exchange, for the one queue that a routing key names. */
function isPublishedTo({ producers }: ClusterImage, name: string, routingKey: string): boolean {
  return [...producers.values()].some(({ spec }) => spec.publishes?.targets.some((target) => target.exchange === name && (name !== "" || target.routingKey === routingKey)));
}
