import type { RedeclareQueue } from "../../../core/world/commands/queue/redeclareQueue";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { queue } from "../../amqpKinds";

export const redeclareQueue: CommandForm<RedeclareQueue> = {
  type: "redeclareQueue",
  number: 30,
  kind: record({ queue: required(1, queue) }),
};
