import type { DeleteExchange } from "../../../core/world/commands/queue/deleteExchange";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { amqpName } from "../../amqpKinds";

export const deleteExchange: CommandForm<DeleteExchange> = {
  type: "deleteExchange",
  number: 17,
  kind: record({ exchange: required(1, amqpName) }),
};
