import type { AlterPublishes } from "../../../core/world/commands/queue/alterPublishes";
import type { CommandForm } from "../../commandForm";
import { defaulted, record, required } from "../../kinds/record";
import { clientId } from "../../specKinds";
import { nullable } from "../../kinds/scalars";
import { publishes } from "../../amqpKinds";

export const alterPublishes: CommandForm<AlterPublishes> = {
  type: "alterPublishes",
  number: 27,
  kind: record({ clientId: required(1, clientId), publishes: defaulted(2, nullable(publishes), null) }),
};
