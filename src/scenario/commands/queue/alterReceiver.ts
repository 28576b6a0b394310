import type { AlterReceiver } from "../../../core/world/commands/queue/alterReceiver";
import type { CommandForm } from "../../commandForm";
import { optional, record, required } from "../../kinds/record";
import { clientId, processing } from "../../specKinds";
import { receiverSettingsChange } from "../../amqpKinds";

export const alterReceiver: CommandForm<AlterReceiver> = {
  type: "alterReceiver",
  number: 25,
  kind: record({ receiver: required(1, clientId), processing: optional(2, processing), settings: optional(3, receiverSettingsChange) }),
};
