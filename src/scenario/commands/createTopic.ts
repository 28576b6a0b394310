import type { CreateTopic } from "../../core/world/commands/createTopic";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { configsProblem } from "../partProblems";
import { placeIn } from "../problem";
import { topic } from "../specKinds";

export const createTopic: CommandForm<CreateTopic> = {
  type: "createTopic",
  number: 1,
  kind: record({ topic: required(1, topic) }),
  problem: (command, path) => configsProblem("topic", placeIn(path, "topic.configs"), command.topic.configs),
};
