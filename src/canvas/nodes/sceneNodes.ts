import { displayName, entityName } from "../../actions/entities";
import { t } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import { useTopiq } from "../../store/topiqStore";
import { groupLetter } from "../marks/groupLine";
import type { Box, Point } from "../layout/geometry";
import type { SceneLayout } from "../layout/scenePlan";
import { isRow, type SceneStructure } from "../layout/sceneStructure";
import type { SceneNode } from "../sceneTypes";

/** The scene as React Flow's nodes: in the order in which records go, which is Tab's; group frames lowest, so that wires run over them and under the cards. */
export function sceneNodes(structure: SceneStructure, layout: SceneLayout, selected: ReadonlySet<EntityName>, carried: Readonly<Record<EntityName, Point>>): SceneNode[] {
  const { plan } = layout;
  const shared = (name: EntityName, box: Box, zIndex: number) => ({
    id: name,
    position: { x: box.x, y: box.y },
    width: box.width,
    height: box.height,
    // Sizes are known beforehand; given as measured, React Flow keeps its handles when a node object is replaced.
    measured: { width: box.width, height: box.height },
    selected: selected.has(name),
    draggable: plan.orientation === "horizontal",
    zIndex,
    ariaLabel: nodeLabel(structure, name),
  });
  const nodes: SceneNode[] = [];
  const each = (name: EntityName, make: (box: Box) => SceneNode): void => {
    const box = layout.boxes[name];
    if (box) nodes.push(make(box));
  };
  for (const { id } of structure.producers) {
    const name = entityName("producer", id);
    each(name, (box) => ({ ...shared(name, box, 1), type: "producer", data: { id, plan } }));
  }
  for (const topic of structure.topics) {
    const name = entityName("topic", topic.name);
    each(name, (box) => ({ ...shared(name, box, 1), type: "topic", data: { topic, plan } }));
  }
  for (const group of structure.groups) {
    const parentId = entityName("group", group.id);
    const frame = layout.boxes[parentId];
    if (!frame) continue;
    nodes.push({ ...shared(parentId, frame, 0), type: "consumerGroup", data: { group, plan } });
    if (isRow(group)) continue;
    for (const member of group.members) {
      const name = entityName("consumer", member.id);
      each(name, (box) => ({
        ...shared(name, box, carried[name] ? 10 : 1),
        type: "consumer",
        parentId,
        position: carried[name] ?? { x: box.x - frame.x, y: box.y - frame.y },
        data: { id: member.id, letter: group.letter, plan, isLine: group.shape === "lines" },
      }));
    }
  }
  return nodes;
}

function nodeLabel(structure: SceneStructure, name: EntityName): string {
  const state = useTopiq.getState();
  const producer = structure.producers.find(({ id }) => entityName("producer", id) === name);
  if (producer) return t("canvas.nodeProducer", { name: displayName(state, "producer", producer.id), topics: listed(producer.topics) });
  const topic = structure.topics.find((candidate) => entityName("topic", candidate.name) === name);
  if (topic) return t("canvas.nodeTopic", { name: topic.name, count: topic.partitions });
  for (const group of structure.groups) {
    if (entityName("group", group.id) === name) {
      return t("canvas.nodeGroup", { letter: groupLetter(group.letter), name: group.id, topics: listed(group.topics), count: group.members.length });
    }
    const member = group.members.find(({ id }) => entityName("consumer", id) === name);
    if (member) {
      const partitions = listed(member.owned.map(({ topic: owned, partition }) => `${owned}-${partition}`));
      return t("canvas.nodeConsumer", { name: displayName(state, "consumer", member.id), group: group.id, partitions });
    }
  }
  return name;
}

function listed(names: readonly string[]): string {
  return names.length > 0 ? names.join(", ") : t("canvas.nothing");
}
