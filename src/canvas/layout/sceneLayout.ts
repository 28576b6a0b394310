import { FIT_ZOOM, fitZoom, type Size } from "./geometry";
import type { SceneDetail } from "./sceneDetail";
import { busStep, compactMetrics, regularMetrics, type SceneMetrics, tinyMetrics, topicWidth, verticalMetrics, withRoomForLetters, withRoomForProducers } from "./sceneMetrics";
import { layoutScene, type Places } from "./scenePlaces";
import type { SceneLayout, ScenePlan } from "./scenePlan";
import { emptyStructure, isAnyHidden, type SceneStructure } from "./sceneStructure";

/** Below this width things stand above each other. */
const NARROW_PX = 600;
/** Square pixels of a phone or a frame in an article. */
const SMALL_PX2 = 240_000;
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
  if (!detail) return { structure: emptyStructure, isTiny: false, layout: EMPTY };
  const before = previous && isSameDetail(previous.scene, detail) ? { layout: previous.scene.layout, available: previous.available } : null;
  return { ...detail, layout: arrange(detail, available, saved, before) };
}

function isSameDetail(one: SceneDetail, other: SceneDetail): boolean {
  const shapes = ({ structure: { topics, groups, queues, receivers } }: SceneDetail): string =>
    [...new Set([...topics.flatMap(({ id, isFolded }) => (isFolded ? [`folded ${id}`] : [])), ...groups.map(({ shape }) => shape), ...queues.map(({ form }) => form), ...receivers.map(({ isLine }) => String(isLine))])].sort().join();
  const isHiddenAlike = one.structure.hidden.groups > 0 === other.structure.hidden.groups > 0 && one.structure.hidden.lanes > 0 === other.structure.hidden.lanes > 0 && one.structure.hidden.queues > 0 === other.structure.hidden.queues > 0;
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

/** As many cells as fit beside the groups. Producers that would leave few of them stand above, where there is the height for it. */
function tinyPlan(structure: SceneStructure, available: Size): ScenePlan {
  const planned = (sources: ScenePlan["sources"], cells: number): ScenePlan => ({
    sources,
    readers: "right",
    metrics: tinyMetrics,
    topicWidth: topicWidth(tinyMetrics, cells),
    gapLeft: structure.producers.length > 0 ? tinyMetrics.gapLeft : 0,
    gapRight: tinyMetrics.gapRight + busesWidth(structure),
  });
  const beside = [16, 14, 12, 10, 9, 7, 6, 5, 4, 3, 2].map((cells) => planned("left", cells));
  const above = structure.producers.length > 0 ? [10, 9, 8, 7, 6, 5, 4].map((cells) => planned("above", cells)) : [];
  const isWithin = (plan: ScenePlan): boolean => fitZoom(layoutScene(structure, plan, {}, {}).bounds, available) >= FIT_ZOOM.least;
  const isNarrowEnough = (plan: ScenePlan): boolean => layoutScene(structure, plan, {}, {}).bounds.width * FIT_ZOOM.least <= available.width;
  const [enough, few] = [beside.slice(0, -3), beside.slice(-3)];
  return [...enough, ...above, ...few].find(isWithin) ?? beside.find(isNarrowEnough) ?? (beside.at(-1) as ScenePlan); // there are some
}

const EMPTY: SceneLayout = {
  plan: { sources: "left", readers: "right", metrics: regularMetrics, topicWidth: 0, gapLeft: 0, gapRight: 0 },
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
  const plan = { sources: "above", readers: "below", metrics: verticalMetrics, topicWidth: 280, gapLeft: 0, gapRight: 0 } as const;
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
      sources: "left",
      readers: "right",
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

function busesWidth({ topics, groups }: SceneStructure): number {
  return Math.max(0, ...topics.map((topic) => groups.filter((group) => group.topics.includes(topic.id)).length * busStep(topic)));
}
