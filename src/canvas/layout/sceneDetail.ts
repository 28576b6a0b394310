import type { GroupShape, SceneStructure, TopicShape } from "./sceneStructure";

/** How much of a scene is drawn; what is left out for want of room is one press away. */
export interface SceneDetail {
  readonly structure: SceneStructure;
  /** Small frames: the topic and who reads it, side by side, and nothing else. */
  readonly isTiny: boolean;
}

/** Up to so many groups have a track each under every lane, and their members drawn whole. */
const MOST_TRACKS = 3;
/** From so many partitions on, a lane is a thin row, drawn whole when it is chosen. */
const MANY_LANES = 16;
/** And from so many, where there is no room for them. */
const FEW_LANES = 3;

/**
 * The ways to draw a scene, the richest first: with members as cards or as lines; with a row a group, and with lanes as thin rows; with the
 * first four groups; with topics as lines, all but the chosen one; and one lane with two groups. What is chosen is drawn whole in each.
 */
export function sceneDetails(structure: SceneStructure, chosen: ChosenParts): readonly SceneDetail[] {
  const topics = structure.topics.map((topic) => ({ ...topic, thin: thinLanes(topic, chosen, MANY_LANES) }));
  const shaped = (shape: GroupShape["shape"]): GroupShape[] => structure.groups.map((group) => ({ ...group, shape: group.id === chosen.group && shape !== "cards" ? "lines" : shape }));
  const open = { ...structure, topics: topics.map((topic) => ({ ...topic, isMerged: topic.tracks.length > MOST_TRACKS })) };
  const merged = topics.map((topic) => ({ ...topic, isMerged: topic.tracks.length > 1 }));
  const thin = merged.map((topic) => ({ ...topic, thin: thinLanes(topic, chosen, FEW_LANES) }));
  const lines = { receivers: structure.receivers.map((receiver) => ({ ...receiver, isLine: true })) };
  const low = { ...lines, queues: structure.queues.map((queue) => ({ ...queue, form: "slim" as const })) };
  const rows = { ...structure, ...low, topics: merged, groups: shaped("row") };
  const short = { ...rows, groups: shaped("shortRow") };
  const shortThin = { ...short, topics: thin };
  const four = { groups: 4, lanes: Infinity, queues: Infinity, isTiny: false };
  return [
    ...(structure.groups.length > MOST_TRACKS ? [] : [detail(open), detail({ ...open, ...lines, groups: shaped("lines") }), ...(structure.queues.length > 0 ? [detail({ ...open, ...low, groups: shaped("lines") })] : [])]),
    detail(rows),
    detail(short),
    ...(structure.queues.length > 0 ? [detail({ ...short, isCaptioned: false })] : []),
    fewer(rows, four),
    fewer(short, four),
    detail(shortThin),
    fewer(shortThin, four),
    ...(topics.length > 1 ? [detail({ ...shortThin, topics: thin.map((topic) => ({ ...topic, isFolded: topic.lanes.length > 0 && topic.id !== chosen.topic })) })] : []),
    ...(structure.queues.length > 0 ? [fewer(rows, { groups: 4, lanes: Infinity, queues: Infinity, isTiny: true, hasSources: true }), fewer(rows, { groups: 4, lanes: 1, queues: Infinity, isTiny: true, hasSources: true }), fewer(rows, { groups: 4, lanes: Infinity, queues: Infinity, isTiny: true }), fewer(rows, { groups: 2, lanes: 1, queues: Infinity, isTiny: true })] : []),
    fewer(rows, { groups: 2, lanes: 1, queues: 2, isTiny: true }),
    ...(structure.queues.length > 0 && structure.topics.length > 0 ? [fewer({ ...rows, isCaptioned: false }, { groups: 1, lanes: 1, queues: 1, isTiny: true })] : []),
  ];
}

/** What is selected: a group, or the group of a consumer; a partition. */
export interface ChosenParts {
  readonly group: string | null;
  readonly topic: string | null;
  readonly partition: number | null;
}

/** From so many lanes on all but the chosen one; where there are fewer, none. */
function thinLanes(topic: TopicShape, chosen: ChosenParts, many: number): TopicShape["thin"] {
  if (topic.lanes.length < many) return [];
  const isChosen = topic.id === chosen.topic && chosen.partition !== null;
  const open = isChosen ? chosen.partition : many === MANY_LANES ? null : (topic.lanes[0] ?? null);
  return topic.lanes.filter((partition) => partition !== open);
}

function detail(structure: SceneStructure): SceneDetail {
  return { structure, isTiny: false };
}

function fewer(structure: SceneStructure, most: { readonly groups: number; readonly lanes: number; readonly queues: number; readonly isTiny: boolean; readonly hasSources?: true }): SceneDetail {
  const groups = structure.groups.slice(0, most.groups);
  const topics = (most.isTiny ? structure.topics.slice(0, 1) : structure.topics).map((topic) => ({ ...topic, lanes: topic.lanes.slice(0, most.lanes) }));
  const lanesOf = (all: readonly TopicShape[]): number => all.reduce((sum, topic) => sum + topic.lanes.length, 0);
  const hidden = { topics: structure.topics.length - topics.length, groups: structure.groups.length - groups.length, lanes: lanesOf(structure.topics) - lanesOf(topics), queues: most.isTiny ? Math.max(0, structure.queues.length - most.queues) : 0 };
  if (most.isTiny) {
    // Without exchanges there is nothing that queues stand behind.
    const { hasSources = false } = most;
    const queues = structure.queues.slice(0, most.queues).map((queue) => ({ ...queue, isBehind: hasSources && queue.isBehind }));
    const receivers = structure.receivers.filter(({ queue, isFirst }) => (isFirst || most.lanes > 1) && queues.some(({ id }) => id === queue));
    return { structure: { ...structure, producers: hasSources ? structure.producers : [], topics, groups: groups.map((group) => ({ ...group, shape: "row" as const })), exchanges: hasSources ? structure.exchanges : [], queues, receivers, hidden }, isTiny: true };
  }
  return detail({ ...structure, topics, groups, hidden });
}
