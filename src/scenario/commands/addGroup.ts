import type { AddGroup } from "../../core/world/commands/addGroup";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { partProblem } from "../partProblems";
import { placeIn } from "../problem";
import { group } from "../specKinds";

export const addGroup: CommandForm<AddGroup> = {
  type: "addGroup",
  number: 8,
  kind: record({ group: required(1, group) }),
  problem: (command, path) => partProblem("consumer", placeIn(path, "group"), command.group),
};
