import type { PurgeQueue } from "../../../core/world/commands/queue/purgeQueue";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { amqpName } from "../../amqpKinds";

export const purgeQueue: CommandForm<PurgeQueue> = {
  type: "purgeQueue",
  number: 20,
  kind: record({ queue: required(1, amqpName) }),
};
