import type { Bind, Unbind } from "../../../core/world/commands/queue/bindQueue";
import { amqpName, routingKey } from "../../amqpKinds";
import type { CommandForm } from "../../commandForm";
import { defaulted, record, required } from "../../kinds/record";

const binding = { queue: required(1, amqpName), exchange: required(2, amqpName), routingKey: defaulted(3, routingKey, "") };

export const bindQueue: CommandForm<Bind> = { type: "bindQueue", number: 21, kind: record(binding) };

export const unbindQueue: CommandForm<Unbind> = { type: "unbindQueue", number: 22, kind: record(binding) };
