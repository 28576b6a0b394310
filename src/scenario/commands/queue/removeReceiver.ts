import type { RemoveReceiver } from "../../../core/world/commands/queue/removeReceiver";
import type { CommandForm } from "../../commandForm";
import { defaulted, record, required } from "../../kinds/record";
import { choice } from "../../kinds/scalars";
import { clientId } from "../../specKinds";

export const removeReceiver: CommandForm<RemoveReceiver> = {
  type: "removeReceiver",
  number: 24,
  kind: record({ receiver: required(1, clientId), how: defaulted(2, choice({ close: 1, kill: 2 }), "close") }),
};
