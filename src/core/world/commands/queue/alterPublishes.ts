import { clusterLimits } from "../../../kafka/limits";
import { changePublishes } from "../../actors/queue/publisher";
import { ensureAmqp } from "../../actors/queue/start";
import { happened, type CommandKind } from "../../commandKind";
import type { ProducerSpec, PublishesSpec } from "../../spec";
import { putSpec } from "../../topology";
import { known, range } from "../rules";
import { amqpOf } from "./wanted";

export interface AlterPublishes {
  readonly type: "alterPublishes";
  readonly clientId: string;
  /** Null: its application publishes nothing more. */
  readonly publishes: PublishesSpec | null;
}

/** Where the application of a producer publishes its records, beside what it produces to topics. */
export const alterPublishes: CommandKind<AlterPublishes> = {
  type: "alterPublishes",
  validate: ({ producers }, { clientId, publishes }) =>
    known(producers, clientId, "unknownProducer") ??
    (publishes ? range("targets", publishes.targets.length, 1, clusterLimits.maxTargets) ?? range("expirationMs", publishes.expirationMs ?? 0, 0, 4_294_967_295) ?? range("priority", publishes.priority ?? 0, 0, 255) : null),
  fold: (topology, { clientId, publishes }) => {
    amqpOf(topology);
    const { publishes: _before, ...spec } = topology.producers.get(clientId) as ProducerSpec; // it was looked for
    putSpec(topology.producers, clientId, publishes ? { ...spec, publishes } : spec);
  },
  perform: (cluster, { clientId, publishes }) => {
    ensureAmqp(cluster);
    changePublishes(cluster, clientId, publishes);
    return happened(publishes ? "producer.publishes" : "producer.publishesNothing", { producer: clientId, targets: publishes?.targets.length ?? 0 });
  },
  inverse: ({ clientId }, before) => {
    const spec = before.producers.get(clientId);
    return spec ? { type: "alterPublishes", clientId, publishes: spec.publishes ?? null } : null;
  },
};
