import { idsOfKind } from "../../actions/entities/entities";
import type { Entity, WireKind, WiringRefusal } from "../../actions/entities/entityKind";
import type { ClusterImage } from "../../core/picture/image";
import type { BindingSpec } from "../../core/queue/clients/declarations";
import type { Command } from "../../core/world/command";
import type { PublishesSpec } from "../../core/world/spec";

/** As a careful program publishes: it waits for confirms, and its messages outlive the broker. */
const careful: Omit<PublishesSpec, "targets"> = { confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null };

/** The wires of producers whose application publishes to queues, by the default exchange, and to exchanges. */
export const publishingWires: readonly WireKind[] = [wireTo("queue", (queue) => ({ exchange: "", routingKey: queue })), wireTo("exchange", (exchange) => ({ exchange, routingKey: "" }))];

function wireTo(to: string, targetOf: (id: string) => BindingSpec): WireKind {
  return {
    to,
    isDrawn: true,
    connect: (image, clientId, id) => publishTo(image, clientId, targetOf(id)),
    disconnect: (image, clientId, id) => {
      const { exchange, routingKey } = targetOf(id);
      const publishes = image.producers.get(clientId)?.spec.publishes;
      const targets = publishes?.targets.filter((target) => target.exchange !== exchange || (exchange === "" && target.routingKey !== routingKey)) ?? [];
      if (!publishes || targets.length === publishes.targets.length) return "notConnected";
      return { type: "alterPublishes", clientId, publishes: targets.length === 0 ? null : { ...publishes, targets } };
    },
  };
}

/** Has a producer's application publish there, too. */
function publishTo(image: ClusterImage, clientId: string, target: BindingSpec): Command | WiringRefusal {
  const publishes = image.producers.get(clientId)?.spec.publishes;
  const { targets = [] } = publishes ?? {};
  const isThere = targets.some(({ exchange, routingKey }) => exchange === target.exchange && (exchange !== "" || routingKey === target.routingKey));
  return isThere ? "already" : { type: "alterPublishes", clientId, publishes: { ...careful, ...publishes, targets: [...targets, target] } };
}

/** Has the selected producers publish there, or else the first one. */
export function publishSelected(image: ClusterImage, selected: readonly Entity[], target: BindingSpec): readonly Command[] {
  const chosen = idsOfKind(selected, "producer").filter((id) => image.producers.has(id));
  const producers = chosen.length > 0 ? chosen : [...image.producers.keys()].slice(0, 1);
  return producers.map((clientId) => publishTo(image, clientId, target)).filter((command) => typeof command !== "string");
}
