import type { DeliverAs } from "../../core/world/commands/deliverAs";
import type { DeliveryMode } from "../../core/world/spec";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { choice } from "../kinds/scalars";

export const deliverAs: CommandForm<DeliverAs> = {
  type: "deliverAs",
  number: 15,
  kind: record({ mode: required(1, choice<DeliveryMode>({ queue: 1, pubsub: 2, mixed: 3 })) }),
};
