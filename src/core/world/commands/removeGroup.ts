import { happened, type CommandKind } from "../commandKind";
import { known, problem } from "./rules";

export interface RemoveGroup {
  readonly type: "removeGroup";
  readonly groupId: string;
}

export const removeGroup: CommandKind<RemoveGroup> = {
  type: "removeGroup",
  validate: ({ groups, consumers }, { groupId }) => {
    const unknown = known(groups, groupId, "unknownGroup");
    const isEmpty = [...consumers.values()].every((consumer) => consumer.groupId !== groupId);
    return unknown ?? (isEmpty ? null : problem("groupNotEmpty", { group: groupId }));
  },
  fold: ({ groups }, { groupId }) => void groups.delete(groupId),
  perform: (_cluster, { groupId }) => happened("group.removed", { group: groupId }),
  inverse: () => null,
};
