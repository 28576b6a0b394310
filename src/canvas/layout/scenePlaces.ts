import { entityName } from "../../actions/entities/entities";
import { allKinds } from "../../actions/entities/kindTable";
import type { EntityName } from "../../scenario/scenario";
import type { Caption, Column } from "../nodes/kindNode";
import type { Box, Point, Size } from "./geometry";
import { isProducerLine, type SceneMetrics } from "./sceneMetrics";
import { isStacked, type SceneLayout, type ScenePlan } from "./scenePlan";
import { isAnyHidden, isRow, type SceneStructure, shapesOf } from "./sceneStructure";

export type Places = Readonly<Record<EntityName, Point>>;

/** Places every entity under a plan. */
export function layoutScene(structure: SceneStructure, plan: ScenePlan, saved: Places, previous: Places): SceneLayout {
  const placed: Record<EntityName, Box> = {};
  const columns = columnsOf(structure, plan);
  const places = isStacked(plan) ? { saved: {}, previous: {} } : { saved, previous };
  // Producers stand in the middle of what they feed, whatever has become of it.
  columns.forEach((column, at) => placeColumn(column, places.saved, at === 0 || at === ASIDE ? {} : places.previous, placed));
  const boxes: Record<EntityName, Box> = { ...placed };
  for (const { name, field, holds, node } of allKinds()) {
    for (const shape of shapesOf(structure, field)) {
      const frame = placed[entityName(name, shape.id)];
      const { inner } = node;
      if (frame && inner && holds) inner.shapes(shape).forEach(({ id }, index) => (boxes[entityName(holds, id)] = inner.box(shape, plan.metrics, frame, index)));
    }
  }
  return { plan, boxes, bounds: boundsOf(placed, plan, structure) };
}

/** The place among the columns of those that stand beside others, as producers do. */
const ASIDE = 3;

/** Entities in one column: where its first stands, and each one's size. */
interface PlacedColumn {
  readonly x: number;
  readonly y: number;
  readonly items: readonly ColumnItem[];
}

interface ColumnItem {
  readonly name: EntityName;
  readonly size: Size;
  readonly dx: number;
  /** Room above it, unless it is the first. */
  readonly gap: number;
  readonly ownRow: boolean;
  /** It stands beside others of its column. */
  readonly isAside: boolean;
  /** What it stands beside; null: what the one above it does. */
  readonly beside: readonly EntityName[] | null;
  /** Its top, where it should not follow from what stands above it. */
  readonly top?: number;
}

/** Producers, then topics and queues, then groups and receivers; each beside the ones before, or on a narrow screen below them. */
function columnsOf(structure: SceneStructure, plan: ScenePlan): PlacedColumn[] {
  const items = columnItems(structure, plan);
  const above = plan.sources === "above" ? sourcesAbove(items, structure, plan) : null;
  const stack = items.stores.filter(({ isAside }) => !isAside);
  const x = !above && items.sources.length > 0 ? plan.metrics.producerWidth + plan.gapLeft : 0;
  const y = above?.bottom ?? 0;
  const height = stackHeight(stack);
  const middles = new Map(middlesOf(stack, y));
  const middleOf = (names: readonly EntityName[]): number => meanOf(names.flatMap((name) => middles.get(name) ?? [])) ?? y + height / 2;
  const beside = (left: number, list: PlacedColumn["items"]): PlacedColumn => {
    const wanted: number[] = [];
    for (const item of list) wanted.push(item.beside ? middleOf(item.beside) : (wanted.at(-1) ?? y + height / 2));
    return { x: left, ...around(list, wanted) };
  };
  const aside = beside(x, items.stores.filter(({ isAside }) => isAside));
  for (const { name, size, top = 0 } of aside.items) middles.set(name, top + size.height / 2);
  const readersX = x + (items.stores.length > 0 ? plan.topicWidth + plan.gapRight : 0);
  const readers = plan.readers === "below" ? { x: 0, y: y + height + 18, items: items.readers } : beside(readersX, items.readers);
  return [above?.column ?? beside(0, items.sources), { x, y, items: stack }, readers, aside];
}

/** Two by two; below them their wires run across, to the margin from which they come in. */
function sourcesAbove({ sources, stores }: ColumnsItems, structure: SceneStructure, { metrics, topicWidth }: ScenePlan): { readonly column: PlacedColumn; readonly bottom: number } {
  const half = halfOf(topicWidth);
  const items = sources.map((item, index) => ({ ...item, dx: (index % 2) * (half + SIDE_BY_SIDE), ownRow: index % 2 === 0 }));
  const rows = Math.ceil(items.length / 2);
  const height = rows === 0 ? 0 : rows * (metrics.producerHeight + SIDE_BY_SIDE) - SIDE_BY_SIDE + 12 + corridorsHeight(structure);
  const caption = captionsOf(structure).some(({ over, from }) => over === stores[0]?.name || from === stores[0]?.name) ? CAPTION : 0;
  return { column: { x: 0, y: 0, items }, bottom: height + caption };
}

/** Between two producers that stand beside each other. */
const SIDE_BY_SIDE = 10;

function halfOf(width: number): number {
  return (width - SIDE_BY_SIDE) / 2;
}

/** Each as near to its wanted middle as those above it let it be; what they push down is evened out over all. */
function around(items: PlacedColumn["items"], middles: readonly number[]): Pick<PlacedColumn, "y" | "items"> {
  const tops: number[] = [];
  items.forEach(({ size, gap }, at) => tops.push(Math.max((middles[at] as number) - size.height / 2, (tops[at - 1] ?? Number.NEGATIVE_INFINITY) + (items[at - 1]?.size.height ?? 0) + gap)));
  const shift = meanOf(items.map(({ size }, at) => (middles[at] as number) - (tops[at] as number) - size.height / 2)) ?? 0;
  const placed = items.map((item, at) => ({ ...item, top: (tops[at] as number) + shift }));
  return { y: placed[0]?.top ?? 0, items: placed };
}

/** The middle of each in a stack that begins at `y`. */
function middlesOf(items: PlacedColumn["items"], y: number): ReadonlyMap<EntityName, number> {
  let bottom = y;
  return new Map(
    items.map(({ name, size, gap }, at) => {
      const top = at === 0 ? y : bottom + gap;
      bottom = top + size.height;
      return [name, top + size.height / 2] as const;
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

/** Where wires run across from the producers: one line a topic, and one for all that is published. */
function corridorsHeight({ topics, producers }: SceneStructure): number {
  return 26 * Math.max(1, topics.length) + (topics.length > 0 && producers.some(({ published }) => published.length > 0) ? 14 : 0);
}

type ColumnsItems = Readonly<Record<Column, readonly ColumnItem[]>>;

/** Every kind's shapes in its column, by their rank, then in the order of the table. */
function columnItems(structure: SceneStructure, plan: ScenePlan): ColumnsItems {
  const { metrics } = plan;
  const isAbove = plan.sources === "above";
  const isBelow = plan.readers === "below";
  const areRows = structure.groups.length > 0 && structure.groups.every(isRow);
  const widths = { sources: isAbove ? halfOf(plan.topicWidth) : metrics.producerWidth, readers: isBelow ? plan.topicWidth : areRows ? metrics.rowWidth : metrics.groupWidth };
  const gaps = { sources: isAbove ? SIDE_BY_SIDE : isProducerLine(metrics) ? metrics.rowGap : metrics.gapBetween, stores: isBelow ? 20 : metrics.gapBetween, readers: isBelow ? (structure.groups.some(isRow) ? 6 : 16) : groupGap(structure, metrics) };
  const itemsOf = (column: Column, width: number): ColumnItem[] =>
    allKinds()
      .filter(({ node }) => node.column === column)
      .flatMap(({ name: kind, field, node }) =>
        shapesOf(structure, field).map((shape) => {
          const name = entityName(kind, shape.id);
          const others = node.wires(shape).map(({ from, to }) => (from === name ? to : from));
          const inset = node.inset?.(shape, plan) ?? { dx: 0, width };
          const gap = node.gapAbove?.(shape, metrics) ?? gaps[column];
          const size = { width: inset.width, height: node.height?.(shape, metrics) ?? metrics.producerHeight };
          const item: ColumnItem = { name, size, dx: inset.dx, gap, ownRow: true, isAside: node.isAside?.(shape, plan) === true, beside: others };
          return { rank: node.rank?.(shape) ?? 0, item };
        }),
      )
      .sort((one, other) => one.rank - other.rank)
      .map(({ item }) => item);
  const more: ColumnItem = { name: MORE, size: { width: widths.readers, height: metrics.more }, dx: 0, gap: gaps.readers, ownRow: true, isAside: false, beside: null };
  return {
    sources: itemsOf("sources", widths.sources),
    stores: withRoomForCaptions(itemsOf("stores", plan.topicWidth), structure),
    readers: [...itemsOf("readers", widths.readers), ...(isAnyHidden(structure) ? [more] : [])],
  };
}

/** A caption stands over the upper one of the two that it may begin at. */
function withRoomForCaptions(items: readonly ColumnItem[], structure: SceneStructure): readonly ColumnItem[] {
  const upper = captionsOf(structure).map(({ over, from }) => items.find(({ name, isAside }) => !isAside && (name === over || name === from)));
  return items.map((item) => (upper.includes(item) ? { ...item, gap: item.gap + CAPTION } : item));
}

/** What stands over entities to tell what they are. */
export function captionsOf(structure: SceneStructure): readonly Caption[] {
  return allKinds().flatMap(({ node }) => node.captions?.(structure) ?? []);
}

/** Height of a caption, CSS pixels of the graph. */
export const CAPTION = 22;

function stackHeight(items: PlacedColumn["items"]): number {
  return items.reduce((height, { size, gap }, at) => height + size.height + (at === 0 ? 0 : gap), 0);
}

/** Keeps what has a place, puts the others below, and pushes down what would overlap because something above it grew. */
function placeColumn(column: PlacedColumn, saved: Places, previous: Places, placed: Record<EntityName, Box>): void {
  const keepsAny = column.items.some((item) => previous[item.name] && !saved[item.name]);
  let bottom = keepsAny ? Number.NEGATIVE_INFINITY : column.y - (column.items[0]?.gap ?? 0);
  let rowTop = column.y;
  for (const item of column.items) {
    const byHand = saved[item.name];
    const before = byHand ? undefined : previous[item.name];
    if (byHand) placed[item.name] = { x: byHand.x, y: byHand.y, ...item.size };
    // Its old place stays free: nothing else moves because one thing was moved, now or when the page is loaded again.
    if (byHand && keepsAny) continue;
    if (item.ownRow) rowTop = Math.max(before?.y ?? (keepsAny ? undefined : item.top) ?? Number.NEGATIVE_INFINITY, bottom === Number.NEGATIVE_INFINITY && !before ? column.y : bottom + item.gap);
    placed[item.name] ??= { x: column.x + item.dx, y: rowTop, ...item.size };
    bottom = Math.max(bottom, rowTop + item.size.height);
  }
}

function boundsOf(named: Readonly<Record<EntityName, Box>>, plan: ScenePlan, structure: SceneStructure): Box {
  const boxes = Object.values(named);
  if (boxes.length === 0) return { x: 0, y: 0, width: 1, height: 1 };
  const left = Math.min(...boxes.map((box) => box.x));
  const top = Math.min(...boxes.map((box) => box.y), ...captionsOf(structure).flatMap(({ over, from = over }) => [over, from].flatMap((name) => (named[name] ? [named[name].y - CAPTION] : []))));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  const margin = margins(structure, plan);
  return { x: left - margin.left, y: top, width: right - left + margin.left + margin.right, height: bottom - top };
}

/** Room beside the boxes for the buses: on the left those of producers that stand above, on the right those of groups that stand below. */
function margins({ topics, groups, queues, producers }: SceneStructure, plan: ScenePlan): { readonly left: number; readonly right: number } {
  const published = producers.some((producer) => producer.published.length > 0) ? 1 : 0;
  const isAbove = plan.sources === "above" && producers.length > 0;
  return { left: isAbove ? 14 + (topics.length + published) * 8 : 0, right: plan.readers === "below" ? 14 + (groups.length + queues.length) * 8 : 0 };
}

/** The place of the button that shows what is left out: below the groups. */
export const MORE: EntityName = "more:";
