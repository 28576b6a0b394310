import type { AddReceiver } from "../../../core/world/commands/queue/addReceiver";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { receiver } from "../../specKinds";

export const addReceiver: CommandForm<AddReceiver> = {
  type: "addReceiver",
  number: 23,
  kind: record({ receiver: required(1, receiver) }),
};
