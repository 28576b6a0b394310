import type { FreezeReceiver } from "../../../core/world/commands/queue/freezeReceiver";
import type { CommandForm } from "../../commandForm";
import { defaulted, record, required } from "../../kinds/record";
import { clientId } from "../../specKinds";
import { flag } from "../../kinds/scalars";

export const freezeReceiver: CommandForm<FreezeReceiver> = {
  type: "freezeReceiver",
  number: 26,
  kind: record({ receiver: required(1, clientId), isFrozen: defaulted(2, flag, true) }),
};
