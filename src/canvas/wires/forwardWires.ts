import { entityName } from "../../actions/entities/entities";
import { laneCellY } from "../layout/sceneMetrics";
import type { SceneLayout } from "../layout/scenePlan";
import { isRow, type SceneStructure } from "../layout/sceneStructure";
import { rounded } from "./polyline";
import type { SceneWires, Wire } from "./wire";

/** The wires of programs that send records on, to retry and dead-letter topics among others: from the consumer back to the lanes. */
export function forwardWires(structure: SceneStructure, layout: SceneLayout): SceneWires {
  const wires = structure.groups.flatMap((group) => {
    const row = isRow(group) ? layout.boxes[entityName("group", group.id)] : undefined;
    return group.members.flatMap((member) => {
      const from = row ?? layout.boxes[entityName("consumer", member.id)];
      return from
        ? member.sendsTo.flatMap((name) => {
            const topic = structure.topics.find(({ id }) => id === name);
            const box = layout.boxes[entityName("topic", name)];
            if (!topic || !box) return [];
            const isUpright = layout.plan.readers === "below";
            // Beside the readers' own wires, which end in their middle.
            const start = { x: isUpright ? from.x + from.width : from.x, y: from.y + from.height - 12 };
            const x = box.x + box.width + (isUpright ? 6 : layout.plan.gapRight / 2);
            return topic.lanes.map((partition): Wire => {
              const lane = { x: box.x + box.width, y: box.y + laneCellY(layout.plan.metrics, topic, partition) };
              const points = rounded([start, { x, y: start.y }, { x, y: lane.y }, lane]);
              const client = { kind: "consumer", id: member.id };
              return { id: `${member.id}>>${name}-${partition}`, kind: "forward", client, actor: member.actor, group: group.id, letter: group.letter, topic: name, topicIndex: topic.index, partition, points };
            });
          })
        : [];
    });
  });
  return { wires, strokes: wires.map(({ id, points }) => ({ id, kind: "forward", letter: null, points })), pills: [] };
}
