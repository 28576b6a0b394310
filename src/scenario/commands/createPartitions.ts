import type { CreatePartitions } from "../../core/world/commands/createPartitions";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { partitionCount, topicName } from "../specKinds";

export const createPartitions: CommandForm<CreatePartitions> = {
  type: "createPartitions",
  number: 3,
  kind: record({ topic: required(1, topicName), count: required(2, partitionCount) }),
};
