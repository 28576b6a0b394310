import type { DeleteQueue } from "../../../core/world/commands/queue/deleteQueue";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { amqpName } from "../../amqpKinds";

export const deleteQueue: CommandForm<DeleteQueue> = {
  type: "deleteQueue",
  number: 19,
  kind: record({ queue: required(1, amqpName) }),
};
