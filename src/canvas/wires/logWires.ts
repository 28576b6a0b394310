import { entityName } from "../../actions/entities/entities";
import { curve, join, reversed, rounded, type Polyline } from "./polyline";
import type { PartitionerPill, SceneWires, Stroke, Wire } from "./wire";
import type { Box, Point } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { busStep, laneCellY, laneTrackY } from "../layout/sceneMetrics";
import { type GroupShape, isRow, type MemberShape, type ProducerShape, type SceneStructure, type TopicShape } from "../layout/sceneStructure";

/** The wires of logs: from producers to the lanes, and from the lanes to who reads them. */
export function logWires(structure: SceneStructure, layout: SceneLayout): SceneWires {
  const parts: SceneWires[] = [];
  structure.topics.forEach((topic, order) => {
    const box = layout.boxes[entityName("topic", topic.id)];
    if (!box) return;
    const producers = structure.producers.filter((producer) => producer.topics.includes(topic.id));
    parts.push(producerWires({ topic, box, order, layout, producers }));
    for (const group of structure.groups) {
      if (group.topics.includes(topic.id)) parts.push(groupWires({ topic, box, layout, group, bundled: isBundled(structure, layout, topic) }));
    }
  });
  return { wires: parts.flatMap((part) => part.wires), strokes: parts.flatMap((part) => part.strokes), pills: parts.flatMap((part) => part.pills) };
}

/** One group's few wires may run loose; those of several groups would cross, so each group has one trunk. */
function isBundled(structure: SceneStructure, layout: SceneLayout, topic: TopicShape): boolean {
  const owned = structure.groups.flatMap((group) => group.members.flatMap((member) => member.owned.filter((owns) => owns.topic === topic.id).map(() => group.id)));
  return layout.plan.readers === "below" || new Set(owned).size > 1 || owned.length > 12;
}

interface ProducerSide {
  readonly topic: TopicShape;
  readonly box: Box;
  readonly order: number;
  readonly layout: SceneLayout;
  readonly producers: readonly ProducerShape[];
}

/** Producer, pill, bus, lane: all producers of a topic share its bus, and each kind of partitioner has one pill. */
function producerWires(side: ProducerSide): SceneWires {
  const { topic, box, layout, producers } = side;
  if (producers.length === 0) return { wires: [], strokes: [], pills: [] };
  if (topic.lanes.length === 0) return { wires: [], strokes: producers.flatMap((producer) => wish(side, producer)), pills: [] };
  // In the producers' order, so that their wires do not cross on the way to two pills.
  const kinds = [...new Set(producers.map((producer) => producer.partitioner))];
  const ways = producers.map((producer) => ({ producer, ...producerWay(side, producer, kinds) }));
  const wires = ways.flatMap(({ producer, approach, entry }) =>
    topic.lanes.map((partition): Wire => {
      const lane = { x: box.x, y: box.y + laneCellY(layout.plan.metrics, topic, partition) };
      return {
        id: `${producer.id}>${topic.id}-${partition}`,
        kind: "produce",
        client: { kind: "producer", id: producer.id },
        actor: producer.actor,
        group: null,
        letter: null,
        topic: topic.id,
        topicIndex: topic.index,
        partition,
        points: join(approach, rounded([entry, { x: entry.x, y: lane.y }, lane])),
      };
    }),
  );
  return { wires, strokes: producerStrokes(side, ways), pills: topic.isFolded ? [] : ways.map(({ pill }) => pill).filter(isFirstOfKind) };
}

/** There is nothing to send to (yet): a thin line from the producer to the topic's head. */
function wish({ topic, box, layout }: ProducerSide, producer: ProducerShape): Stroke[] {
  const from = layout.boxes[entityName("producer", producer.id)];
  if (!from) return [];
  const { sources, metrics } = layout.plan;
  const start = sources === "above" ? { x: from.x + from.width / 2, y: from.y + from.height } : { x: from.x + from.width, y: from.y + from.height / 2 };
  return [{ id: `${producer.id}>${topic.id}`, kind: "subscription", letter: null, points: curve(start, { x: box.x, y: box.y + metrics.topicHeader / 2 }) }];
}

function isFirstOfKind(pill: PartitionerPill, index: number, pills: readonly PartitionerPill[]): boolean {
  return pills.findIndex((other) => other.partitioner === pill.partitioner) === index;
}

interface ProducerWay {
  /** From the producer to the bus. */
  readonly approach: Polyline;
  /** Where it meets the bus. */
  readonly entry: Point;
  readonly pill: PartitionerPill;
}

function producerWay(side: ProducerSide, producer: ProducerShape, kinds: readonly string[]): ProducerWay {
  const { topic, box, layout, order } = side;
  const { metrics, sources } = layout.plan;
  const from = layout.boxes[entityName("producer", producer.id)] ?? box;
  const nth = kinds.indexOf(producer.partitioner) - (kinds.length - 1) / 2;
  const { partitioner } = producer;
  if (sources === "above") {
    const bottoms = side.producers.map((other) => boxBottom(layout.boxes[entityName("producer", other.id)]));
    const y = Math.max(...bottoms) + 22 + order * 26;
    const entry = { x: box.x - 12 - order * 8, y };
    const start = { x: from.x + from.width / 2 + order * 12, y: from.y + from.height };
    const pill = { topic: topic.id, partitioner, x: box.x + 42 + (nth + (kinds.length - 1) / 2) * 84, y };
    return { approach: rounded([start, { x: start.x, y }, entry]), entry, pill };
  }
  const middle = box.y + (laneCellY(metrics, topic, topic.lanes[0] ?? 0) + laneCellY(metrics, topic, topic.lanes.at(-1) ?? 0)) / 2;
  const entry = { x: box.x - metrics.bus, y: middle + nth * 30 };
  const start = { x: from.x + from.width, y: from.y + from.height / 2 };
  const pill = { topic: topic.id, partitioner, x: entry.x - PILL_BEFORE_BUS, y: entry.y };
  const pillStart = { x: pill.x - PILL_HALF_WIDTH, y: entry.y };
  return { approach: join(curve(start, pillStart), [pillStart.x, pillStart.y, entry.x, entry.y]), entry, pill };
}

/** The pill sits on the wire just before the bus, and covers their crossing. */
const PILL_BEFORE_BUS = 16;
const PILL_HALF_WIDTH = 36;

function boxBottom(box: Box | undefined): number {
  return box ? box.y + box.height : 0;
}

function producerStrokes({ topic, box, layout }: ProducerSide, ways: readonly (ProducerWay & { readonly producer: ProducerShape })[]): Stroke[] {
  const first = ways[0]!;
  // Those of a line all end in one place.
  const lanes = [...new Set(topic.lanes.map((partition) => box.y + laneCellY(layout.plan.metrics, topic, partition)))];
  const entries = ways.map(({ entry }) => entry.y);
  const x = first.entry.x;
  const stroke = (id: string, points: Polyline): Stroke => ({ id: `${id}>${topic.id}`, kind: "produce", letter: null, points });
  return [
    ...ways.map(({ producer, approach }) => stroke(producer.id, approach)),
    ...fan(x, Math.min(...entries), Math.max(...entries), lanes, box.x).map((points, index) => stroke(`bus ${index}`, points)),
  ];
}

/** The strokes of a bus that enters between `top` and `bottom` and leaves to every lane: outermost lanes are rounded off, others branch. */
function fan(x: number, top: number, bottom: number, lanes: readonly number[], laneX: number): Polyline[] {
  const highest = Math.min(...lanes);
  const lowest = Math.max(...lanes);
  const between = lanes.filter((y) => !(y === highest && highest < top) && !(y === lowest && lowest > bottom));
  return [
    ...(top < bottom ? [[x, top, x, bottom]] : []),
    ...(highest < top ? [rounded([{ x, y: Math.max(top, bottom) }, { x, y: highest }, { x: laneX, y: highest }])] : []),
    ...(lowest > bottom ? [rounded([{ x, y: Math.min(top, bottom) }, { x, y: lowest }, { x: laneX, y: lowest }])] : []),
    ...between.map((y): Polyline => [x, y, laneX, y]),
  ];
}

interface GroupSide {
  readonly topic: TopicShape;
  readonly box: Box;
  readonly layout: SceneLayout;
  readonly group: GroupShape;
  readonly bundled: boolean;
}

/** Every assignment of this topic to a member of the group; without any, the bare subscription. */
function groupWires(side: GroupSide): SceneWires {
  const { topic, box, layout, group, bundled } = side;
  const frame = layout.boxes[entityName("group", group.id)];
  if (!frame) return { wires: [], strokes: [], pills: [] };
  const assigned = group.members.flatMap((member) => member.owned.map((owns, nth) => ({ member, nth, ...owns })).filter((owns) => owns.topic === topic.id && topic.lanes.includes(owns.partition)));
  if (assigned.length === 0) return { wires: [], strokes: [subscription(side, frame)], pills: [] };
  const wires = assigned.map(({ member, nth, partition }): Wire => {
    const end = isRow(group) ? rowEnd(layout, frame) : memberEnd(layout, member, nth);
    const lane = { x: box.x + box.width, y: laneY(side, partition) };
    return {
      id: `${topic.id}-${partition}>${member.id}`,
      kind: "fetch",
      client: { kind: "consumer", id: member.id },
      actor: member.actor,
      group: group.id,
      letter: group.letter,
      topic: topic.id,
      topicIndex: topic.index,
      partition,
      points: reversed(bundled ? bundledWay(side, frame, lane, end) : curve(lane, end)),
    };
  });
  const strokes = bundled ? bundleStrokes(side, frame, wires) : (topic.isFolded ? wires.slice(0, 1) : wires).map((wire): Stroke => ({ id: wire.id, kind: "fetch", letter: group.letter, points: wire.points }));
  return { wires, strokes, pills: [] };
}

/** A group's wire leaves the lane at that group's own track; a lane without one (nobody else reads) is left at its cells. */
function laneY({ topic, box, layout, group }: GroupSide, partition: number): number {
  const row = topic.tracks.indexOf(group.id);
  return box.y + (row < 0 ? laneCellY(layout.plan.metrics, topic, partition) : laneTrackY(layout.plan.metrics, topic, partition, row));
}

/** All wires of a group that is one row end at its side. */
function rowEnd(layout: SceneLayout, frame: Box): Point {
  return { x: layout.plan.readers === "below" ? frame.x + frame.width : frame.x, y: frame.y + frame.height / 2 };
}

function memberEnd(layout: SceneLayout, member: MemberShape, nth: number): Point {
  const box = layout.boxes[entityName("consumer", member.id)]!;
  const step = Math.min(9, (box.height - 24) / Math.max(1, member.owned.length - 1));
  const y = box.y + box.height / 2 + (nth - (member.owned.length - 1) / 2) * step;
  return { x: layout.plan.readers === "below" ? box.x + box.width : box.x, y };
}

/** A group's bus beside the topic, its trunk to a point before the frame, and the fan to its members. */
function trunkOf({ topic, box, layout, group }: GroupSide, frame: Box) {
  const row = Math.max(0, topic.tracks.indexOf(group.id));
  const isBelow = layout.plan.readers === "below";
  const busX = box.x + box.width + (isBelow ? 10 + row * 8 : 18 + row * busStep(topic));
  const entryY = isRow(group) ? frame.y + frame.height / 2 : (frame.y + layout.plan.metrics.groupHeader + frame.y + frame.height) / 2;
  const bottom = box.y + box.height;
  const trunkY = Math.min(Math.max(entryY, box.y + layout.plan.metrics.topicHeader + 12), bottom - 12);
  return { isBelow, busX, trunkY, fan: { x: frame.x - FAN_BEFORE_FRAME, y: entryY } };
}

const FAN_BEFORE_FRAME = 20;

function bundledWay(side: GroupSide, frame: Box, lane: Point, end: Point): Polyline {
  const { isBelow, busX, trunkY, fan: fanPoint } = trunkOf(side, frame);
  if (isBelow) return rounded([lane, { x: busX, y: lane.y }, { x: busX, y: end.y }, end]);
  return join(
    rounded([lane, { x: busX, y: lane.y }, { x: busX, y: trunkY }, { x: busX + 10, y: trunkY }], 6),
    curve({ x: busX + 10, y: trunkY }, fanPoint),
    curve(fanPoint, end),
  );
}

function bundleStrokes(side: GroupSide, frame: Box, wires: readonly Wire[]): Stroke[] {
  const { group, topic, box } = side;
  const { isBelow, busX, trunkY, fan: fanPoint } = trunkOf(side, frame);
  const stroke = (id: string, points: Polyline): Stroke => ({ id: `${id} ${topic.id}>${group.id}`, kind: "fetch", letter: group.letter, points });
  const lanes = [...new Set(wires.map((wire) => laneY(side, wire.partition)))];
  const ends = wires.map((wire) => ({ x: wire.points[0]!, y: wire.points[1]! }));
  if (isBelow) {
    const ys = ends.map((end) => end.y);
    const meeting = Math.max(...lanes);
    return [
      ...fan(busX, meeting, meeting, lanes, box.x + box.width).map((points, index) => stroke(`bus ${index}`, points)),
      ...fan(busX, meeting, meeting, ys, ends[0]!.x).map((points, index) => stroke(`fan ${index}`, points)),
    ];
  }
  return [
    ...fan(busX, trunkY, trunkY, lanes, box.x + box.width).map((points, index) => stroke(`bus ${index}`, points)),
    stroke("trunk", join([busX, trunkY, busX + 10, trunkY], curve({ x: busX + 10, y: trunkY }, fanPoint))),
    ...apart(ends).map((end, index) => stroke(`fan ${index}`, curve(fanPoint, end))),
  ];
}

/** Of points in the same place, one. */
function apart(points: readonly Point[]): readonly Point[] {
  return points.filter(({ x, y }, at) => points.findIndex((other) => other.x === x && other.y === y) === at);
}

/** A subscription that has no assignment (yet) still shows: a thin line from the topic's head to the group's. */
function subscription({ topic, box, layout, group }: GroupSide, frame: Box): Stroke {
  const { metrics, readers } = layout.plan;
  const from = { x: box.x + box.width, y: box.y + metrics.topicHeader / 2 };
  const row = Math.max(0, topic.tracks.indexOf(group.id));
  const to = { x: readers === "below" ? frame.x + frame.width : frame.x, y: frame.y + metrics.groupHeader / 2 };
  const busX = from.x + 10 + row * 8;
  const points = readers === "below" ? rounded([from, { x: busX, y: from.y }, { x: busX, y: to.y }, to]) : curve(from, to);
  return { id: `${topic.id}>${group.id}`, kind: "subscription", letter: group.letter, points };
}
