import type { Processing } from "../../../apps/program";
import { isOnlyTime } from "../../../apps/attempt";
import { closeReceiver } from "../../../queue/clients/handleReceiver";
import { isReceiver, type ReceiverSettings } from "../../../queue/clients/receiver";
import { programContext } from "../../actors/queue/program";
import { startNewReceiver } from "../../actors/queue/receiver";
import { clientOf } from "../../cluster";
import { happened, type CommandKind } from "../../commandKind";
import { changeSpec } from "../../topology";
import { processing as checkProcessing } from "../rules";
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
  perform: (cluster, { receiver: name, processing, settings }) => {
    const spec = cluster.topology.amqp?.receivers.get(name);
    const found = clientOf(cluster, isReceiver, name);
    const isLive = found && processing && isOnlyTime(found.client.processing, processing);
    if (found && isLive) found.client.processing = processing;
    // Other code, and another prefetch, need a new start.
    if (found && spec && (settings || (processing && !isLive))) {
      cluster.actorsByClientId.delete(name);
      closeReceiver(found.client, programContext(cluster, found.id));
      startNewReceiver(cluster, spec);
    }
    const count = settings?.prefetchCount ?? 0;
    return count > 0 && !spec?.noAck ? happened("receiver.limited", { receiver: name, count }) : happened("receiver.changed", { receiver: name });
  },
  inverse: ({ receiver, processing, settings }, before) => {
    const spec = before.amqp?.receivers.get(receiver);
    if (!spec) return null;
    const { prefetchCount, noAck, priority } = spec;
    return { type: "alterReceiver", receiver, ...(processing && { processing: spec.processing }), ...(settings && { settings: { prefetchCount, noAck, priority } }) };
  },
};
