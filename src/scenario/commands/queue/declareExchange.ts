import type { DeclareExchange } from "../../../core/world/commands/queue/declareExchange";
import type { CommandForm } from "../../commandForm";
import { record, required } from "../../kinds/record";
import { exchange } from "../../amqpKinds";

export const declareExchange: CommandForm<DeclareExchange> = {
  type: "declareExchange",
  number: 16,
  kind: record({ exchange: required(1, exchange) }),
};
