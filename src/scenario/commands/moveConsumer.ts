import type { MoveConsumer } from "../../core/world/commands/moveConsumer";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { clientId, groupId } from "../specKinds";

export const moveConsumer: CommandForm<MoveConsumer> = {
  type: "moveConsumer",
  number: 13,
  kind: record({ clientId: required(1, clientId), groupId: required(2, groupId) }),
};
