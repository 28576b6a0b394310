import type { DeleteTopic } from "../../core/world/commands/deleteTopic";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { topicName } from "../specKinds";

export const deleteTopic: CommandForm<DeleteTopic> = {
  type: "deleteTopic",
  number: 2,
  kind: record({ topic: required(1, topicName) }),
};
