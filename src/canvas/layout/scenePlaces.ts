import { entityName } from "../../actions/entities";
import type { EntityName } from "../../scenario/scenario";
import type { Box, Point, Size } from "./geometry";
import { groupHeight, memberHeight, memberY, type SceneMetrics, topicHeight } from "./sceneMetrics";
import type { SceneLayout, ScenePlan } from "./scenePlan";
import { type GroupShape, isAnyHidden, isRow, type SceneStructure } from "./sceneStructure";

export type Places = Readonly<Record<EntityName, Point>>;

/** Places every entity under a plan. */
export function layoutScene(structure: SceneStructure, plan: ScenePlan, saved: Places, previous: Places): SceneLayout {
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

/** The place of the button that shows what is left out: below the groups. */
export const MORE: EntityName = "more:";
