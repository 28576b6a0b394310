import { isOnlyTime } from "../../apps/attempt";
import type { Processing } from "../../apps/program";
import { isConsumer, type Consumer } from "../../clients/consumer/consumer";
import { closeConsumer } from "../../clients/consumer/handle";
import type { ActorId } from "../../sim/message";
import { consumerContext } from "../actors/consumer";
import { clientOf, type Cluster } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import { changeSpec } from "../topology";
import { known, processing as checkProcessing } from "./rules";

export interface AlterConsumer {
  readonly type: "alterConsumer";
  readonly clientId: string;
  readonly processing: Processing;
}

function redeploy(cluster: Cluster, id: ActorId, consumer: Consumer): void {
  if (consumer.closing !== null) return;
  cluster.watch.causes.set(consumer.groupId, { kind: "restarted", subject: consumer.clientId });
  closeConsumer(consumer, consumerContext(cluster, id), "restart");
}

export const alterConsumer: CommandKind<AlterConsumer> = {
  type: "alterConsumer",
  validate: ({ consumers }, { clientId, processing }) => known(consumers, clientId, "unknownConsumer") ?? checkProcessing(processing),
  fold: ({ consumers }, { clientId, processing }) => changeSpec(consumers, clientId, { processing }),
  perform: (cluster, { clientId, processing }) => {
    const found = clientOf(cluster, isConsumer, clientId);
    if (!found || isOnlyTime(found.client.processing, processing)) {
      if (found) found.client.processing = processing;
      return happened("consumer.changed", { consumer: clientId, ms: processing.timeMs });
    }
    redeploy(cluster, found.id, found.client);
    return happened("consumer.redeployed", { consumer: clientId });
  },
  inverse: (command, before) => {
    const spec = before.consumers.get(command.clientId);
    return spec ? { ...command, processing: spec.processing } : null;
  },
};
