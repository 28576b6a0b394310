import type { Processing } from "../../../apps/program";
import { isOnlyTime } from "../../../apps/attempt";
import { closeReceiver } from "../../../queue/clients/handleReceiver";
import { isReceiver, type ReceiverSettings } from "../../../queue/clients/receiver";
import { programContext } from "../../actors/queue/program";
import { startNewReceiver } from "../../actors/queue/receiver";
import { clientOf } from "../../cluster";
import { happened, type CommandKind, type Happened } from "../../commandKind";
import type { ReceiverSpec } from "../../spec";
import { changeSpec } from "../../topology";
import { processing as checkProcessing } from "../rules";
import { whatItTakes } from "./removeReceiver";
import { amqpOf, knownReceiver, receiverProblem } from "./wanted";

export interface AlterReceiver {
  readonly type: "alterReceiver";
  readonly receiver: string;
  readonly processing?: Processing;
  /** What changes of them. The receiver starts anew with it: a consumer's prefetch is fixed when it subscribes. */
  readonly settings?: Partial<ReceiverSettings>;
}

export const alterReceiver: CommandKind<AlterReceiver> = {
  type: "alterReceiver",
  validate: (topology, { receiver, processing, settings = {} }) =>
    knownReceiver(topology, receiver) ?? receiverProblem(settings.prefetchCount ?? 0, settings.priority ?? 0) ?? (processing ? checkProcessing(processing) : null),
  fold: (topology, { receiver, processing, settings }) => changeSpec(amqpOf(topology).receivers, receiver, { ...settings, ...(processing && { processing }) }),
  perform: (cluster, { receiver: name, processing, settings }, before) => {
    const spec = cluster.topology.amqp?.receivers.get(name);
    const found = clientOf(cluster, isReceiver, name);
    const isLive = found && processing && isOnlyTime(found.client.processing, processing);
    if (found && isLive) found.client.processing = processing;
    let left: Happened | null = null;
    // Other code, and another prefetch, need a new start.
    if (found && spec && (settings || (processing && !isLive))) {
      left = whatItTakes(cluster, found.client, "close");
      cluster.actorsByClientId.delete(name);
      closeReceiver(found.client, programContext(cluster, found.id));
      // Its count goes on: it is the same receiver to people.
      startNewReceiver(cluster, spec, found.client.worked);
    }
    return left ?? whatChanged(name, spec, before.amqp?.receivers.get(name), settings?.prefetchCount ?? 0);
  },
  inverse: ({ receiver, processing, settings }, before) => {
    const spec = before.amqp?.receivers.get(receiver);
    if (!spec) return null;
    const { prefetchCount, noAck, priority } = spec;
    return { type: "alterReceiver", receiver, ...(processing && { processing: spec.processing }), ...(settings && { settings: { prefetchCount, noAck, priority } }) };
  },
};

function whatChanged(receiver: string, spec: ReceiverSpec | undefined, before: ReceiverSpec | undefined, count: number): Happened {
  if (count > 0 && !spec?.noAck) return happened("receiver.limited", { receiver, count });
  if (before?.processing.failure && !spec?.processing.failure) return happened("receiver.mended", { receiver });
  const isNew = spec?.processing.rescue?.giveUp !== before?.processing.rescue?.giveUp;
  return happened(isNew && spec?.processing.rescue?.giveUp === "reject" ? "receiver.rejects" : "receiver.changed", { receiver });
}
