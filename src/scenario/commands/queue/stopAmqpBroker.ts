import type { StartAmqpBroker, StopAmqpBroker } from "../../../core/world/commands/queue/stopAmqpBroker";
import type { CommandForm } from "../../commandForm";
import { defaulted, record } from "../../kinds/record";
import { choice } from "../../kinds/scalars";

export const stopAmqpBroker: CommandForm<StopAmqpBroker> = { type: "stopAmqpBroker", number: 28, kind: record({ how: defaulted(1, choice({ stop: 1, kill: 2 }), "stop") }) };

export const startAmqpBroker: CommandForm<StartAmqpBroker> = { type: "startAmqpBroker", number: 29, kind: record({}) };
