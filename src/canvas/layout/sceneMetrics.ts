import { type GroupShape, isRow, type TopicShape } from "./sceneStructure";

/** Sizes of everything drawn, in CSS pixels of the graph. The stylesheet gets them as custom properties, so each stands once. */
export interface SceneMetrics {
  readonly density: "regular" | "compact";
  readonly producerWidth: number;
  readonly producerHeight: number;
  readonly topicHeader: number;
  readonly laneTop: number;
  readonly laneBottom: number;
  readonly laneLabel: number;
  readonly laneEnd: number;
  readonly cell: number;
  readonly cellGap: number;
  readonly track: number;
  readonly groupWidth: number;
  readonly groupHeader: number;
  readonly groupPadding: number;
  /** Height of a group that is one row, the width where all are, and the room between them. */
  readonly groupRow: number;
  readonly rowWidth: number;
  readonly rowGap: number;
  /** Height of the button that shows what is left out. */
  readonly more: number;
  readonly member: number;
  readonly memberGap: number;
  readonly ring: number;
  readonly gapLeft: number;
  readonly gapRight: number;
  readonly gapBetween: number;
  /** From the topic's left side to the bus that its producers share. */
  readonly bus: number;
}

export const regularMetrics: SceneMetrics = {
  density: "regular",
  producerWidth: 178,
  producerHeight: 97,
  topicHeader: 43,
  laneTop: 13,
  laneBottom: 10,
  laneLabel: 80,
  laneEnd: 50,
  cell: 32,
  cellGap: 4,
  track: 26,
  groupWidth: 262,
  groupHeader: 42,
  groupPadding: 12,
  groupRow: 46,
  rowWidth: 216,
  rowGap: 14,
  more: 32,
  member: 92,
  memberGap: 8,
  ring: 44,
  gapLeft: 150,
  gapRight: 104,
  gapBetween: 26,
  bus: 34,
};

export const compactMetrics: SceneMetrics = {
  density: "compact",
  producerWidth: 146,
  producerHeight: 62,
  topicHeader: 38,
  laneTop: 8,
  laneBottom: 5,
  laneLabel: 46,
  laneEnd: 46,
  cell: 28,
  cellGap: 4,
  track: 22,
  groupWidth: 222,
  groupHeader: 36,
  groupPadding: 8,
  groupRow: 38,
  rowWidth: 184,
  rowGap: 6,
  more: 30,
  member: 76,
  memberGap: 6,
  ring: 38,
  gapLeft: 116,
  gapRight: 76,
  gapBetween: 18,
  bus: 32,
};

/** Top to bottom on a narrow screen, where height is short: a whole group is to be seen below its topic. */
export const verticalMetrics: SceneMetrics = {
  ...compactMetrics,
  producerHeight: 56,
  topicHeader: 36,
  laneBottom: 3,
  cell: 27,
  track: 20,
  groupHeader: 32,
  member: 46,
  memberGap: 5,
  ring: 36,
};

/** A small frame: a lane and who reads it, side by side. */
export const tinyMetrics: SceneMetrics = {
  ...compactMetrics,
  producerWidth: 112,
  producerHeight: 54,
  gapLeft: 92,
  topicHeader: 30,
  laneTop: 4,
  laneBottom: 2,
  laneLabel: 40,
  laneEnd: 12,
  cell: 25,
  track: 19,
  groupWidth: 118,
  groupRow: 30,
  rowWidth: 118,
  rowGap: 6,
  more: 24,
  gapRight: 18,
  gapBetween: 6,
};

/** Where producers would be higher than what there is room for, each is one line. */
export function withRoomForProducers(metrics: SceneMetrics, count: number, height: number): SceneMetrics {
  const stack = count * (metrics.producerHeight + metrics.gapBetween) - metrics.gapBetween;
  return stack > height ? { ...metrics, producerHeight: Math.min(metrics.producerHeight, PRODUCER_LINE) } : metrics;
}

const PRODUCER_LINE = 34;

export function isProducerLine({ producerHeight }: SceneMetrics): boolean {
  return producerHeight <= PRODUCER_LINE;
}

/** A figure that also says whose it is takes more room at the end of its lane. */
export function withRoomForLetters(metrics: SceneMetrics, topics: readonly TopicShape[]): SceneMetrics {
  return topics.some(({ isMerged }) => isMerged) ? { ...metrics, laneEnd: metrics.laneEnd + LETTER_ROOM } : metrics;
}

const LETTER_ROOM = 18;

/** Distance between the buses of two groups beside a topic: where they share a track there are many. */
export function busStep({ isMerged }: TopicShape): number {
  return isMerged ? 5 : 12;
}

/** Width of a topic that shows this many cells of the usual width, and the dashed slot. */
export function topicWidth(metrics: SceneMetrics, cells: number): number {
  return metrics.laneLabel + cells * (metrics.cell + metrics.cellGap) + metrics.cell + metrics.laneEnd;
}

/** Width of one cell of this topic: wider than usual when its offsets have more digits than fit. */
export function cellWidth(metrics: SceneMetrics, topic: TopicShape): number {
  return Math.max(metrics.cell, Math.ceil(topic.digits * 7.4) + 8);
}

/** How many cells of this topic fit into a topic of that width, beside the slot. */
export function visibleCells(metrics: SceneMetrics, topic: TopicShape, width: number): number {
  const cell = cellWidth(metrics, topic);
  return Math.max(1, Math.floor((width - metrics.laneLabel - metrics.laneEnd - metrics.cell) / (cell + metrics.cellGap)));
}

/** Of a lane that is drawn whole. */
export function laneHeight(metrics: SceneMetrics, topic: TopicShape): number {
  return metrics.laneTop + metrics.cell + trackRows(topic) * metrics.track + metrics.laneBottom;
}

/** Of a lane that is a row of figures. */
const THIN_LANE = 16;

/** Tracks under each lane. */
function trackRows(topic: TopicShape): number {
  return topic.isMerged ? Math.min(1, topic.tracks.length) : topic.tracks.length;
}

/** Of a topic that is one line, and the room above it. */
export const FOLDED_TOPIC = { height: 30, gap: 6 } as const;

export function topicHeight(metrics: SceneMetrics, topic: TopicShape): number {
  return topic.isFolded ? FOLDED_TOPIC.height : topOfLane(metrics, topic, Infinity) + 2;
}

/** Top of a lane, from the topic's top; of what is beyond the last one, the end. */
function topOfLane(metrics: SceneMetrics, topic: TopicShape, partition: number): number {
  let top = metrics.topicHeader;
  for (const lane of topic.lanes) {
    if (lane === partition) break;
    top += topic.thin.includes(lane) ? THIN_LANE : laneHeight(metrics, topic);
  }
  return top;
}

/** Of a group that is one row of one line. */
const SHORT_ROW = 26;

export function groupHeight(metrics: SceneMetrics, group: GroupShape): number {
  if (group.shape === "shortRow") return Math.min(metrics.groupRow, SHORT_ROW);
  if (isRow(group)) return metrics.groupRow;
  const rows = Math.max(1, group.members.length);
  return metrics.groupHeader + rows * memberHeight(metrics, group) + (rows - 1) * memberGap(metrics, group) + metrics.groupPadding;
}

/** Middle of a lane's row of cells, from the topic's top. */
export function laneCellY(metrics: SceneMetrics, topic: TopicShape, partition: number): number {
  if (topic.isFolded) return FOLDED_TOPIC.height / 2;
  const top = topOfLane(metrics, topic, partition);
  return top + (topic.thin.includes(partition) ? THIN_LANE / 2 : metrics.laneTop + metrics.cell / 2);
}

/** Middle of a group's track under a lane, from the topic's top. */
export function laneTrackY(metrics: SceneMetrics, topic: TopicShape, partition: number, row: number): number {
  if (topic.isFolded) return FOLDED_TOPIC.height / 2;
  const top = topOfLane(metrics, topic, partition);
  return top + (topic.thin.includes(partition) ? THIN_LANE / 2 : metrics.laneTop + metrics.cell + ((topic.isMerged ? 0 : row) + 0.5) * metrics.track);
}

/** Of a member that is a line: its name, what it owns, and its count. */
const MEMBER_LINE = { height: 34, gap: 4 } as const;

export function memberHeight(metrics: SceneMetrics, { shape }: GroupShape): number {
  return shape === "cards" ? metrics.member : Math.min(metrics.member, MEMBER_LINE.height);
}

function memberGap(metrics: SceneMetrics, { shape }: GroupShape): number {
  return shape === "cards" ? metrics.memberGap : MEMBER_LINE.gap;
}

/** Top of a member's card, from the group's top. */
export function memberY(metrics: SceneMetrics, group: GroupShape, index: number): number {
  return metrics.groupHeader + index * (memberHeight(metrics, group) + memberGap(metrics, group));
}

/** The metrics as custom properties of the scene's root. */
export function metricsStyle(metrics: SceneMetrics): Record<`--${string}`, string> {
  const { topicHeader, laneTop, laneLabel, laneEnd, cell, cellGap, track, groupHeader, groupPadding, ring } = metrics;
  const sizes = { topicHeader, laneTop, laneLabel, laneEnd, cell, cellGap, track, groupHeader, groupPadding, ring };
  // A ring is drawn 44 units wide; its text must not shrink with it.
  return { ...Object.fromEntries(Object.entries(sizes).map(([name, size]) => [`--scene-${name}`, `${size}px`])), "--scene-ringUnits": `${44 / ring}` };
}

/** How small and how large a person may draw the scene. */
export const zoomRange = { least: 0.25, most: 2.5 } as const;
