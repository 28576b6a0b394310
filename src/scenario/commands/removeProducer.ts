import type { RemoveProducer } from "../../core/world/commands/removeProducer";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { clientId } from "../specKinds";

export const removeProducer: CommandForm<RemoveProducer> = {
  type: "removeProducer",
  number: 6,
  kind: record({ clientId: required(1, clientId) }),
};
