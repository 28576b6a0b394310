import type { AlterGroup } from "../../core/world/commands/alterGroup";
import type { CommandForm } from "../commandForm";
import { optional, record, required } from "../kinds/record";
import { changeProblem } from "../partProblems";
import { configsOf, groupId, topicNames } from "../specKinds";

export const alterGroup: CommandForm<AlterGroup> = {
  type: "alterGroup",
  number: 10,
  kind: record<Omit<AlterGroup, "type">>({ groupId: required(1, groupId), topics: optional(2, topicNames), configs: optional(3, configsOf("consumer")) }),
  problem: (command, path) => changeProblem("consumer", path, command),
};
