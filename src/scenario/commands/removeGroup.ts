import type { RemoveGroup } from "../../core/world/commands/removeGroup";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { groupId } from "../specKinds";

export const removeGroup: CommandForm<RemoveGroup> = {
  type: "removeGroup",
  number: 9,
  kind: record({ groupId: required(1, groupId) }),
};
