import type { AddProducer } from "../../core/world/commands/addProducer";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { partProblem } from "../partProblems";
import { placeIn } from "../problem";
import { producer } from "../specKinds";

export const addProducer: CommandForm<AddProducer> = {
  type: "addProducer",
  number: 5,
  kind: record({ producer: required(1, producer) }),
  problem: (command, path) => partProblem("producer", placeIn(path, "producer"), command.producer),
};
