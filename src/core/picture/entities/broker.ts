import { isBroker } from "../../broker/broker";
import type { ActorId } from "../../sim/message";
import type { EntityKind } from "../entityKind";
import type { BrokerImage } from "../image";

export const brokerEntity: EntityKind<BrokerImage> = {
  field: "brokers",
  ids: ({ cluster }) => Array.from(cluster.actorsByNodeId.keys(), String),
  stamp: () => [],
  project: ({ cluster }, id) => {
    const actor = cluster.actorsByNodeId.get(Number(id)) as ActorId;
    const broker = cluster.actors.get(actor);
    return isBroker(broker) ? { nodeId: broker.nodeId, actor, configs: broker.configs } : null;
  },
};
