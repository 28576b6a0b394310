import type { AddConsumer } from "../../core/world/commands/addConsumer";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { consumer } from "../specKinds";

export const addConsumer: CommandForm<AddConsumer> = {
  type: "addConsumer",
  number: 11,
  kind: record({ consumer: required(1, consumer) }),
};
