import type { Processing } from "../../apps/program";
import { isConsumer } from "../../clients/consumer/consumer";
import { clientOf } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import { randomProcessing } from "../randomSpecs";
import { changeSpec } from "../topology";
import { known, processing as checkProcessing } from "./rules";

export interface AlterConsumer {
  readonly type: "alterConsumer";
  readonly clientId: string;
  readonly processing: Processing;
}

export const alterConsumer: CommandKind<AlterConsumer> = {
  type: "alterConsumer",
  validate: ({ consumers }, { clientId, processing }) => known(consumers, clientId, "unknownConsumer") ?? checkProcessing(processing.timeMs),
  fold: ({ consumers }, { clientId, processing }) => changeSpec(consumers, clientId, { processing }),
  perform: (cluster, { clientId, processing }) => {
    const found = clientOf(cluster, isConsumer, clientId);
    if (found) found.client.processing = processing;
    return happened("consumer.changed", { consumer: clientId, ms: processing.timeMs });
  },
  inverse: (command, before) => {
    const spec = before.consumers.get(command.clientId);
    return spec ? { ...command, processing: spec.processing } : null;
  },
  random: (random, { consumer }) => ({ type: "alterConsumer", clientId: consumer, processing: randomProcessing(random) }),
};
