import type { RemoveConsumer } from "../../core/world/commands/removeConsumer";
import type { CommandForm } from "../commandForm";
import { defaulted, record, required } from "../kinds/record";
import { choice } from "../kinds/scalars";
import { clientId } from "../specKinds";

export const removeConsumer: CommandForm<RemoveConsumer> = {
  type: "removeConsumer",
  number: 12,
  kind: record({ clientId: required(1, clientId), how: defaulted(2, choice({ close: 1, crash: 2 }), "close") }),
};
