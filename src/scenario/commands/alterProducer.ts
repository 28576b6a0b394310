import type { AlterProducer } from "../../core/world/commands/alterProducer";
import type { CommandForm } from "../commandForm";
import { optional, record, required } from "../kinds/record";
import { changeProblem } from "../partProblems";
import { clientId, configsOf, recordSourceChange, topicNames } from "../specKinds";

export const alterProducer: CommandForm<AlterProducer> = {
  type: "alterProducer",
  number: 7,
  kind: record<Omit<AlterProducer, "type">>({
    clientId: required(1, clientId),
    topics: optional(2, topicNames),
    source: optional(3, recordSourceChange),
    configs: optional(4, configsOf("producer")),
  }),
  problem: (command, path) => changeProblem("producer", path, command),
};
