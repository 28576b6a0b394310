import type { EntityName } from "../scenario/scenario";
import { entityName } from "../actions/entities";
import { compactMetrics, groupHeight, memberHeight, memberY, regularMetrics, tinyMetrics, topicHeight, topicWidth, type SceneMetrics, verticalMetrics, withRoomForLetters, withRoomForProducers } from "./sceneMetrics";
import type { SceneDetail } from "./sceneDetail";
import { type GroupShape, isRow, type SceneStructure, type TopicShape } from "./sceneStructure";

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How the scene is arranged for a canvas of some size. */
export interface ScenePlan {
  /** Producers, topics and groups from left to right, or from top to bottom on a narrow screen. */
  readonly orientation: "horizontal" | "vertical";
  readonly metrics: SceneMetrics;
  readonly topicWidth: number;
  readonly gapLeft: number;
  readonly gapRight: number;
}

export interface SceneLayout {
  readonly plan: ScenePlan;
  /** Absolute boxes of all entities, consumers included. */
  readonly boxes: Readonly<Record<EntityName, Box>>;
  /** Around all boxes, with room for the wires that run outside them. */
  readonly bounds: Box;
}

type Places = Readonly<Record<EntityName, Point>>;

/** Below this width things stand above each other. */
const NARROW_PX = 600;
/** Square pixels of a phone or a frame in an article. */
const SMALL_PX2 = 240_000;
/** Zoom at which the smallest text is still readable, and the largest that still looks calm. */
export const FIT_ZOOM = { least: 0.85, most: 1.5 } as const;
/** A scene is given more cells as long as it fits about this large. */
const WANTED_ZOOM = 0.95;

/** A scene as it is drawn: as much of it as there is room for, and where everything stands. */
export interface ArrangedScene extends SceneDetail {
  readonly layout: SceneLayout;
}

/**
 * Arranges a scene for a canvas, in as much detail as can be read there. What was placed by hand (`saved`) stays there; what `previous`
 * placed stays as well as long as the plan still fits, so that adding a thing moves nothing else; the rest goes below its column.
 */
export function arrangeScene(details: readonly SceneDetail[], available: Size, saved: Places, previous: { readonly scene: ArrangedScene; readonly available: Size } | null): ArrangedScene {
  // A large canvas is moved over what does not fit; one lane of all would hide what there is to see.
  const isSmall = available.width * available.height < SMALL_PX2;
  const drawable = isSmall ? details : details.filter(({ isTiny }) => !isTiny);
  // What somebody has put far away does not make the rest smaller.
  const detail =
    drawable.find((one) => fitZoom(arrange(one, available, {}, null).bounds, available) >= FIT_ZOOM.least) ??
    (isSmall ? drawable.at(-1) : drawable.findLast(({ structure }) => !isAnyHidden(structure)));
  if (!detail) return { structure: { producers: [], topics: [], groups: [], hidden: { groups: 0, lanes: 0 } }, isTiny: false, layout: EMPTY };
  const before = previous && isSameDetail(previous.scene, detail) ? { layout: previous.scene.layout, available: previous.available } : null;
  return { ...detail, layout: arrange(detail, available, saved, before) };
}

function isSameDetail(one: SceneDetail, other: SceneDetail): boolean {
  const shapes = ({ structure }: SceneDetail): string => [...new Set(structure.groups.map(({ shape }) => shape))].sort().join();
  const isHiddenAlike = one.structure.hidden.groups > 0 === other.structure.hidden.groups > 0 && one.structure.hidden.lanes > 0 === other.structure.hidden.lanes > 0;
  return one.isTiny === other.isTiny && isHiddenAlike && shapes(one) === shapes(other);
}

function arrange(detail: SceneDetail, available: Size, saved: Places, previous: { readonly layout: SceneLayout; readonly available: Size } | null): SceneLayout {
  const { structure } = detail;
  // There is no room for places of one's own.
  if (detail.isTiny) return layoutScene(structure, tinyPlan(structure, available), {}, {});
  if (previous && previous.available.width === available.width && previous.available.height === available.height) {
    const kept = layoutScene(structure, previous.layout.plan, saved, previous.layout.boxes);
    const wasTooLarge = fitZoom(previous.layout.bounds, available) < FIT_ZOOM.least;
    if (wasTooLarge || fitZoom(kept.bounds, available) >= FIT_ZOOM.least) return kept;
  }
  return layoutScene(structure, planScene(structure, available), saved, {});
}

/** As many cells as fit beside the groups. */
function tinyPlan(structure: SceneStructure, available: Size): ScenePlan {
  const plans = [9, 7, 6, 5, 4, 3, 2].map((cells): ScenePlan => ({
    orientation: "horizontal",
    metrics: tinyMetrics,
    topicWidth: topicWidth(tinyMetrics, cells),
    gapLeft: 0,
    gapRight: tinyMetrics.gapRight + busesWidth(structure),
  }));
  const fits = plans.find((plan) => layoutScene(structure, plan, {}, {}).bounds.width * FIT_ZOOM.least <= available.width);
  return fits ?? (plans.at(-1) as ScenePlan); // there are some
}

/** The zoom at which these bounds just fit. */
export function fitZoom(bounds: Size, available: Size): number {
  return Math.min(available.width / bounds.width, available.height / bounds.height);
}

const EMPTY: SceneLayout = {
  plan: { orientation: "horizontal", metrics: regularMetrics, topicWidth: 0, gapLeft: 0, gapRight: 0 },
  boxes: {},
  bounds: { x: 0, y: 0, width: 1, height: 1 },
};

function planScene(structure: SceneStructure, available: Size): ScenePlan {
  if (available.width < NARROW_PX) return verticalPlan(structure, available);
  const regular = bestPlan(structure, available, withRoomForLetters(regularMetrics, structure.topics), [10, 9, 8, 7, 6]);
  const compact = withRoomForProducers(compactMetrics, structure.producers.length, available.height / FIT_ZOOM.least);
  const best = regular.zoom >= 0.9 ? regular : bestPlan(structure, available, compact, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  return spread(structure, best, available);
}

/** What is drawn smaller to show its whole height gets more cells, so that it still fills the width. */
function verticalPlan(structure: SceneStructure, available: Size): ScenePlan {
  const plan = { orientation: "vertical", metrics: verticalMetrics, topicWidth: 280, gapLeft: 0, gapRight: 0 } as const;
  const { bounds } = layoutScene(structure, plan, {}, {});
  const zoom = Math.min(Math.max(available.height / bounds.height, FIT_ZOOM.least), 1);
  return { ...plan, topicWidth: Math.min(Math.max(available.width / zoom - bounds.width, 0) + 280, 460) };
}

/** Gives room that is left over to the wires and to the lanes, within bounds, so that the scene fills the canvas. */
function spread(structure: SceneStructure, { plan, zoom, bounds }: ReturnType<typeof bestPlan>, available: Size): ScenePlan {
  const scale = Math.min(zoom, FIT_ZOOM.most);
  const wide = Math.max(0, available.width / scale - bounds.width);
  const high = Math.max(0, available.height / scale - bounds.height);
  const lanes = structure.topics.reduce((sum, topic) => sum + topic.lanes.length, 0);
  const perLane = Math.min(Math.floor((high * 0.6) / Math.max(1, lanes)), 14);
  const { laneTop, laneBottom } = plan.metrics;
  return {
    ...plan,
    metrics: { ...plan.metrics, laneTop: laneTop + Math.ceil(perLane / 2), laneBottom: laneBottom + Math.floor(perLane / 2) },
    gapLeft: plan.gapLeft + Math.min(wide * 0.4, 60),
    gapRight: plan.gapRight + Math.min(wide * 0.6, 90),
  };
}

function bestPlan(structure: SceneStructure, available: Size, metrics: SceneMetrics, cellCounts: readonly number[]) {
  const buses = busesWidth(structure);
  const plans = cellCounts.map((cells) => {
    const plan: ScenePlan = {
      orientation: "horizontal",
      metrics,
      topicWidth: topicWidth(metrics, cells),
      gapLeft: metrics.gapLeft,
      gapRight: metrics.gapRight + buses,
    };
    const { bounds } = layoutScene(structure, plan, {}, {});
    return { plan, zoom: fitZoom(bounds, available), bounds };
  });
  return plans.find(({ zoom }) => zoom >= WANTED_ZOOM) ?? plans.reduce((best, plan) => (plan.zoom > best.zoom ? plan : best));
}

/** Distance between the buses of two groups beside a topic: where they share a track there are many. */
export function busStep({ isMerged }: TopicShape): number {
  return isMerged ? 5 : 12;
}

function busesWidth({ topics, groups }: SceneStructure): number {
  return Math.max(0, ...topics.map((topic) => groups.filter((group) => group.topics.includes(topic.name)).length * busStep(topic)));
}

/** Places every entity under a plan. */
function layoutScene(structure: SceneStructure, plan: ScenePlan, saved: Places, previous: Places): SceneLayout {
  const placed: Record<EntityName, Box> = {};
  const columns = plan.orientation === "vertical" ? verticalRows(structure, plan) : horizontalColumns(structure, plan);
  // On a narrow screen everything is stacked in order; places were made for the wide picture and say nothing there.
  const places = plan.orientation === "vertical" ? { saved: {}, previous: {} } : { saved, previous };
  // Producers stand in the middle of what they feed, whatever has become of it.
  columns.forEach((column, at) => placeColumn(column, places.saved, at === 0 ? {} : places.previous, placed));
  const boxes: Record<EntityName, Box> = { ...placed };
  for (const group of structure.groups) {
    const frame = placed[entityName("group", group.id)];
    if (frame && !isRow(group)) group.members.forEach((member, index) => (boxes[entityName("consumer", member.id)] = memberBox(plan.metrics, group, frame, index)));
  }
  return { plan, boxes, bounds: boundsOf(Object.values(placed), plan, structure) };
}

function memberBox(metrics: SceneMetrics, group: GroupShape, frame: Box, index: number): Box {
  return {
    x: frame.x + metrics.groupPadding,
    y: frame.y + memberY(metrics, group, index),
    width: frame.width - 2 * metrics.groupPadding,
    height: memberHeight(metrics, group),
  };
}

/** Entities in one column: where its first stands, and each one's size. */
interface Column {
  readonly x: number;
  readonly y: number;
  readonly gap: number;
  readonly items: readonly ColumnItem[];
}

interface ColumnItem {
  readonly name: EntityName;
  readonly size: Size;
  readonly dx: number;
  readonly ownRow: boolean;
  /** Its top, where it should not follow from what stands above it. */
  readonly top?: number;
}

function horizontalColumns(structure: SceneStructure, plan: ScenePlan): Column[] {
  const { metrics } = plan;
  const areRows = structure.groups.length > 0 && structure.groups.every(isRow);
  const items = columnItems(structure, plan, metrics.producerWidth, areRows ? metrics.rowWidth : metrics.groupWidth);
  const topicX = items.producers.length > 0 ? metrics.producerWidth + plan.gapLeft : 0;
  const groupX = topicX + (items.topics.length > 0 ? plan.topicWidth + plan.gapRight : 0);
  const height = stackHeight(items.topics, metrics.gapBetween);
  const middles = middlesOf(items.topics, metrics.gapBetween);
  const middleOf = ({ topics }: { readonly topics: readonly string[] }): number => meanOf(topics.flatMap((topic) => middles.get(entityName("topic", topic)) ?? [])) ?? height / 2;
  const beside = (x: number, list: Column["items"], clients: readonly { readonly topics: readonly string[] }[], gap = metrics.gapBetween): Column => {
    const wanted = clients.map(middleOf);
    return { x, gap, ...around(list, list.map((_, at) => wanted[at] ?? wanted.at(-1) ?? height / 2), gap) };
  };
  return [
    beside(0, items.producers, structure.producers),
    { x: topicX, y: 0, gap: metrics.gapBetween, items: items.topics },
    beside(groupX, items.groups, structure.groups, groupGap(structure, metrics)),
  ];
}

/** Each as near to its wanted middle as those above it let it be; what they push down is evened out over all. */
function around(items: Column["items"], middles: readonly number[], gap: number): Pick<Column, "y" | "items"> {
  const tops: number[] = [];
  items.forEach(({ size }, at) => tops.push(Math.max((middles[at] as number) - size.height / 2, (tops[at - 1] ?? Number.NEGATIVE_INFINITY) + (items[at - 1]?.size.height ?? 0) + gap)));
  const shift = meanOf(items.map(({ size }, at) => (middles[at] as number) - (tops[at] as number) - size.height / 2)) ?? 0;
  const placed = items.map((item, at) => ({ ...item, top: (tops[at] as number) + shift }));
  return { y: placed[0]?.top ?? 0, items: placed };
}

/** The middle of each in a stack that begins at 0. */
function middlesOf(items: Column["items"], gap: number): ReadonlyMap<EntityName, number> {
  let top = 0;
  return new Map(
    items.map(({ name, size }) => {
      const middle = top + size.height / 2;
      top += size.height + gap;
      return [name, middle] as const;
    }),
  );
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function groupGap({ groups }: SceneStructure, metrics: SceneMetrics): number {
  if (groups.some(({ shape }) => shape === "shortRow")) return 2;
  return groups.some(isRow) ? metrics.rowGap : metrics.gapBetween;
}

/** Top to bottom: producers two by two, then topics, then groups, all between the margins where the buses run. */
function verticalRows(structure: SceneStructure, plan: ScenePlan): Column[] {
  const { metrics } = plan;
  const half = (plan.topicWidth - 10) / 2;
  const items = columnItems(structure, plan, half, plan.topicWidth);
  const producers = items.producers.map((item, index) => ({ ...item, dx: (index % 2) * (half + 10), ownRow: index % 2 === 0 }));
  const corridor = items.producers.length > 0 ? 12 + 26 * Math.max(1, structure.topics.length) : 0;
  const topicsY = Math.ceil(items.producers.length / 2) * (metrics.producerHeight + 10) - 10 + corridor;
  const top = Math.max(0, topicsY);
  const groupsY = top + stackHeight(items.topics, 20) + 18;
  return [
    { x: 0, y: 0, gap: 10, items: producers },
    { x: 0, y: top, gap: 20, items: items.topics },
    { x: 0, y: groupsY, gap: structure.groups.some(isRow) ? 6 : 16, items: items.groups },
  ];
}

function columnItems(structure: SceneStructure, plan: ScenePlan, producerWidth: number, groupWidth: number) {
  const { metrics } = plan;
  const item = (name: EntityName, width: number, height: number): ColumnItem => ({ name, size: { width, height }, dx: 0, ownRow: true });
  return {
    producers: structure.producers.map((producer) => item(entityName("producer", producer.id), producerWidth, metrics.producerHeight)),
    topics: structure.topics.map((topic) => item(entityName("topic", topic.name), plan.topicWidth, topicHeight(metrics, topic))),
    groups: [
      ...structure.groups.map((group) => item(entityName("group", group.id), groupWidth, groupHeight(metrics, group))),
      ...(isAnyHidden(structure) ? [item(MORE, groupWidth, metrics.more)] : []),
    ],
  };
}

/** The place of the button that shows what is left out: below the groups. */
export const MORE: EntityName = "more:";

export function isAnyHidden({ hidden }: SceneStructure): boolean {
  return hidden.groups > 0 || hidden.lanes > 0;
}

function stackHeight(items: Column["items"], gap: number): number {
  return items.reduce((height, item) => height + item.size.height + gap, -gap);
}

/** Keeps what has a place, puts the others below, and pushes down what would overlap because something above it grew. */
function placeColumn(column: Column, saved: Places, previous: Places, placed: Record<EntityName, Box>): void {
  const keepsAny = column.items.some((item) => previous[item.name] && !saved[item.name]);
  let bottom = keepsAny ? Number.NEGATIVE_INFINITY : column.y - column.gap;
  let rowTop = column.y;
  for (const item of column.items) {
    const byHand = saved[item.name];
    const before = byHand ? undefined : previous[item.name];
    if (byHand) placed[item.name] = { x: byHand.x, y: byHand.y, ...item.size };
    // Its old place stays free: nothing else moves because one thing was moved, now or when the page is loaded again.
    if (byHand && keepsAny) continue;
    if (item.ownRow) rowTop = Math.max(before?.y ?? (keepsAny ? undefined : item.top) ?? Number.NEGATIVE_INFINITY, bottom === Number.NEGATIVE_INFINITY && !before ? column.y : bottom + column.gap);
    placed[item.name] ??= { x: column.x + item.dx, y: rowTop, ...item.size };
    bottom = Math.max(bottom, rowTop + item.size.height);
  }
}

function boundsOf(boxes: readonly Box[], plan: ScenePlan, structure: SceneStructure): Box {
  if (boxes.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const margin = plan.orientation === "vertical" ? verticalMargins(structure) : { left: 0, right: 0 };
  return { x: left - margin.left, y: top, width: right - left + margin.left + margin.right, height: bottom - top };
}

/** Room beside the boxes for the buses: producers' on the left, groups' on the right. */
function verticalMargins(structure: SceneStructure): { readonly left: number; readonly right: number } {
  return { left: 14 + structure.topics.length * 8, right: 14 + structure.groups.length * 8 };
}
