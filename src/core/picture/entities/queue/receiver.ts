import { isReceiver, type Receiver } from "../../../queue/clients/receiver";
import { clientOf, type Cluster } from "../../../world/cluster";
import type { ReceiverImage, ReceiverPhase } from "../../amqpImage";
import type { EntityKind } from "../../entityKind";
import { withKnown } from "../../isAlike";
import { bead } from "./bead";

const HELD = 12;

export const receiverEntity: EntityKind<ReceiverImage> = {
  field: "receivers",
  ids: ({ cluster }) => [...(cluster.topology.amqp?.receivers.keys() ?? [])],
  stamp: ({ cluster }, name) => {
    const id = cluster.actorsByClientId.get(name) ?? -1;
    return [cluster.touched.get(id), cluster.frozen.has(id), cluster.watch.keys.size];
  },
  project: ({ cluster }, name, before) => {
    const spec = cluster.topology.amqp?.receivers.get(name);
    if (!spec) return null;
    const found = clientOf(cluster, isReceiver, name);
    if (!found) return { spec, actor: -1, phase: (spec.startsAtMs ?? 0) * 1000 > cluster.nowUs ? "later" : "crashed", inWork: null, held: [], heldCount: 0, worked: 0, refusal: null };
    const { client, id } = found;
    const { keys } = cluster.watch;
    const phase = phaseOf(cluster, client, id);
    const [job] = client.jobs;
    const held = client.held.slice(0, HELD).map(({ content, redelivered, deliveryTag }) => bead(keys, content, deliveryTag, redelivered));
    return {
      spec,
      actor: id,
      phase,
      inWork: job ? { ...bead(keys, job.delivery.content, job.delivery.deliveryTag, job.delivery.redelivered), startUs: job.startUs, endUs: job.endUs } : null,
      held: withKnown(held, before?.held ?? []),
      heldCount: client.held.length,
      worked: client.worked,
      refusal: client.session.refusal,
    };
  },
};

function phaseOf(cluster: Cluster, { session, hasFailed }: Receiver, id: number): ReceiverPhase {
  if (cluster.frozen.has(id)) return "frozen";
  if (hasFailed) return "ended";
  if (session.refusal !== null) return "refused";
  if (session.state === "open") return "receiving";
  return session.state === "waiting" ? "waiting" : "connecting";
}
