import { entityName } from "../../actions/entities/entities";
import type { EntityName } from "../../scenario/scenario";
import type { Box, Point } from "../layout/geometry";
import { tubeY } from "../layout/queueMetrics";
import type { SceneLayout } from "../layout/scenePlan";
import type { ProducerShape, QueueShape, ReceiverShape, SceneStructure } from "../layout/sceneStructure";
import { curve, type Polyline, reversed, rounded } from "./polyline";
import type { SceneWires, Stroke, Wire } from "./wire";

/** The wires of queues: from who publishes to exchanges and queues, from exchanges to what is bound to them, and from queues to who receives. */
export function queueWires(structure: SceneStructure, layout: SceneLayout): SceneWires {
  const wires = [...structure.producers.flatMap((producer) => publishWires(structure, layout, producer)), ...structure.receivers.flatMap((receiver) => deliveryWires(structure, layout, receiver))];
  const moved = wires.map(({ id, kind, points }): Stroke => ({ id, kind, letter: null, points }));
  return { wires, strokes: [...moved, ...bindings(structure, layout), ...deadLetters(structure, layout)], pills: [] };
}

/** Where an exchange or a queue takes messages in. */
function entryOf(structure: SceneStructure, { boxes, plan }: SceneLayout, name: EntityName): Point | null {
  const box = boxes[name];
  if (!box) return null;
  const queue = queueNamed(structure, name);
  return { x: box.x, y: box.y + (queue ? tubeY(plan.metrics, queue) : box.height / 2) };
}

function queueNamed({ queues }: SceneStructure, name: EntityName): QueueShape | undefined {
  return queues.find(({ id }) => entityName("queue", id) === name);
}

function publishWires(structure: SceneStructure, layout: SceneLayout, producer: ProducerShape): Wire[] {
  const from = layout.boxes[entityName("producer", producer.id)];
  if (!from) return [];
  return producer.published.flatMap((to) => {
    const entry = entryOf(structure, layout, to);
    if (!entry) return [];
    const index = (queueNamed(structure, to) ?? structure.exchanges.find(({ id }) => entityName("exchange", id) === to))?.index ?? -1;
    return [wire({ id: `${producer.id}>${to}`, kind: "produce", client: { kind: "producer", id: producer.id }, actor: producer.actor, topic: to, topicIndex: index, points: publishWay(structure, layout, from, entry) })];
  });
}

function publishWay({ topics, producers }: SceneStructure, { boxes, plan }: SceneLayout, from: Box, entry: Point): Polyline {
  if (plan.sources === "left") return curve({ x: from.x + from.width, y: from.y + from.height / 2 }, entry);
  // Below the producers and beside the stores, after the lines of the topics.
  const bottom = Math.max(...producers.flatMap(({ id }) => boxes[entityName("producer", id)] ?? []).map((box) => box.y + box.height));
  const x = -12 - topics.length * 8;
  const y = bottom + (topics.length === 0 ? 14 : 10 + 26 * topics.length);
  const start = { x: from.x + from.width / 2 + topics.length * 12, y: from.y + from.height };
  return rounded([start, { x: start.x, y }, { x, y }, { x, y: entry.y }, entry]);
}

function deliveryWires(structure: SceneStructure, layout: SceneLayout, receiver: ReceiverShape): Wire[] {
  const to = layout.boxes[entityName("receiver", receiver.id)];
  const name = entityName("queue", receiver.queue);
  const [box, queue] = [layout.boxes[name], queueNamed(structure, name)];
  if (!to || !box || !queue) return [];
  const { metrics, readers } = layout.plan;
  const start = { x: box.x + box.width, y: box.y + tubeY(metrics, queue) };
  const middle = to.y + to.height / 2;
  const busX = start.x + 10 + (structure.groups.length + structure.queues.indexOf(queue)) * 8;
  const points = readers === "right" ? curve(start, { x: to.x, y: middle }) : rounded([start, { x: busX, y: start.y }, { x: busX, y: middle }, { x: to.x + to.width, y: middle }]);
  return [wire({ id: `${name}>${receiver.id}`, kind: "fetch", client: { kind: "receiver", id: receiver.id }, actor: receiver.actor, topic: name, topicIndex: queue.index, points: reversed(points) })];
}

function wire(given: Omit<Wire, "group" | "letter" | "partition">): Wire {
  return { ...given, group: null, letter: null, partition: 0 };
}

/** Nothing is under way on these: a broker routes in no time. */
function bindings({ exchanges, queues }: SceneStructure, { boxes, plan }: SceneLayout): Stroke[] {
  return exchanges.flatMap(({ id, queues: bound }) => {
    const box = boxes[entityName("exchange", id)];
    return bound.flatMap((name): Stroke[] => {
      const [target, queue] = [boxes[entityName("queue", name)], queues.find((one) => one.id === name)];
      if (!box || !target || !queue) return [];
      const end = { x: target.x, y: target.y + tubeY(plan.metrics, queue) };
      const x = box.x + 12;
      const isBeside = target.x > box.x + box.width;
      const points = isBeside ? curve({ x: box.x + box.width, y: box.y + box.height / 2 }, end) : rounded([{ x, y: box.y + box.height }, { x, y: end.y }, end]);
      return [{ id: `${id}>${name}`, kind: "produce", letter: null, points }];
    });
  });
}

/** Where a queue's dead letters go, beside the stores; like a subscription, nothing moves on it. */
function deadLetters(structure: SceneStructure, layout: SceneLayout): Stroke[] {
  return structure.queues.flatMap(({ id, deadLetters: to }): Stroke[] => {
    const from = layout.boxes[entityName("queue", id)];
    const entry = to === null ? null : entryOf(structure, layout, to);
    if (!from || !entry) return [];
    const y = from.y + from.height - 10;
    const x = Math.min(from.x, entry.x) - 8;
    return [{ id: `${id} dead`, kind: "subscription", letter: null, points: rounded([{ x: from.x, y }, { x, y }, { x, y: entry.y }, entry]) }];
  });
}
