import { entityName } from "../../actions/entities/entities";
import type { Addition, Entity, EntityKind } from "../../actions/entities/entityKind";
import { listed } from "../../canvas/marks/listed";
import type { KindNode } from "../../canvas/nodes/kindNode";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ConsumerIcon } from "../../ui/icons";
import { addGroup } from "../group/addGroup";
import { freshName, takenClients } from "../newNames";
import { ConsumerNode } from "./ConsumerNode";
import type { ConsumerShape } from "./consumerShape";
import { newConsumer } from "./newConsumer";

const node: KindNode<ConsumerShape> = {
  column: null,
  component: ConsumerNode,
  wires: ({ id, group }) => [{ from: entityName("consumer", id), to: entityName("group", group) }],
  label: ({ group, owned }, name) => t("canvas.nodeConsumer", { name, group, partitions: listed(owned.map(({ topic, partition }) => `${topic}-${partition}`)) }),
  chosen: ({ id }, image) => ({ group: image.consumers.get(id)?.spec.groupId ?? null }),
  chosenLooks: ({ id }) => ({ consumers: [id] }),
  hasWire: ({ client }, { id }) => client.id === id,
};

/** A member of a group. It stands in its group's frame. */
export const consumerKind: EntityKind = {
  name: "consumer",
  field: "consumers",
  icon: ConsumerIcon,
  params: ["consumer", "client"],
  wires: [
    {
      to: "group",
      isDrawn: true,
      connect: (image, clientId, groupId) => (image.consumers.get(clientId)?.spec.groupId === groupId ? "already" : { type: "moveConsumer", clientId, groupId }),
      // It is always in a group: it is moved or removed, not cut off.
      disconnect: () => "memberNeedsGroup",
    },
  ],
  addition: { word: "shell.consumer", label: "action.addConsumer", make: addConsumer },
  remove: (image, clientId) => (image.consumers.has(clientId) ? [{ type: "removeConsumer", clientId, how: "close" }] : []),
  node,
  panel: async () => (await import("../entityPanels")).entityPanels.consumer,
};

/**
 * A consumer in the given or selected group, or else in the first. Where each consumer is its own subscriber (pub/sub) it gets a group of
 * its own, unless one is named; where there is no group yet, one is made.
 */
function addConsumer(image: ClusterImage, selected: readonly Entity[], groupId?: string): Addition {
  const target = groupId ?? selectedGroup(image, selected) ?? (image.clock.mode === "pubsub" ? undefined : [...image.groups.keys()][0]);
  if (target === undefined) {
    // As switching to pub/sub names them: after the first group and the consumer (`deliverAsSteps`).
    const id = freshName("c", takenClients(image));
    const [first] = image.groups.keys();
    const own = `${first}-${id}`;
    const { commands } = addGroup(image, selected, first === undefined || image.groups.has(own) ? undefined : own);
    return { commands, added: { kind: "consumer", id } };
  }
  const consumer = newConsumer(image, target, target);
  return { commands: [{ type: "addConsumer", consumer }], added: { kind: "consumer", id: consumer.clientId } };
}

function selectedGroup(image: ClusterImage, selected: readonly Entity[]): string | undefined {
  for (const { kind, id } of selected) {
    if (kind === "group" && image.groups.has(id)) return id;
    const consumer = kind === "consumer" && image.clock.mode !== "pubsub" ? image.consumers.get(id) : undefined;
    if (consumer) return consumer.spec.groupId;
  }
  return undefined;
}
