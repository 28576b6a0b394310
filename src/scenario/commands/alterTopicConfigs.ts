import type { AlterTopicConfigs } from "../../core/world/commands/alterTopicConfigs";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { changeProblem } from "../partProblems";
import { configsOf, topicName } from "../specKinds";

export const alterTopicConfigs: CommandForm<AlterTopicConfigs> = {
  type: "alterTopicConfigs",
  number: 4,
  kind: record({ topic: required(1, topicName), configs: required(2, configsOf("topic")) }),
  problem: (command, path) => changeProblem("topic", path, command),
};
