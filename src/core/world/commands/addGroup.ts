import { isUserGroupId } from "../../kafka/names";
import { happened, type CommandKind } from "../commandKind";
import type { GroupSpec } from "../spec";
import { putSpec } from "../topology";
import { configs, limit, problem, topics } from "./rules";

export interface AddGroup {
  readonly type: "addGroup";
  readonly group: GroupSpec;
}

export const addGroup: CommandKind<AddGroup> = {
  type: "addGroup",
  validate: ({ groups }, { group }) => {
    const { groupId } = group;
    if (!isUserGroupId(groupId)) return problem("nameInvalid", { name: groupId });
    if (groups.has(groupId)) return problem("nameTaken", { name: groupId });
    return limit(groups.size, "maxGroups") ?? topics(group.topics) ?? configs("consumer", group.configs);
  },
  fold: ({ groups }, { group }) => putSpec(groups, group.groupId, group),
  perform: (_cluster, { group }) => happened("group.added", { group: group.groupId }),
  inverse: ({ group }) => ({ type: "removeGroup", groupId: group.groupId }),
};
