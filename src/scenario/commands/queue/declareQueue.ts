import type { DeclareQueue } from "../../../core/world/commands/queue/declareQueue";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { queue } from "../../amqpKinds";

export const declareQueue: CommandForm<DeclareQueue> = {
  type: "declareQueue",
  number: 18,
  kind: record({ queue: required(1, queue) }),
};
