import type { AlterConsumer } from "../../core/world/commands/alterConsumer";
import type { CommandForm } from "../commandForm";
import { record, required } from "../kinds/record";
import { clientId, processing } from "../specKinds";

export const alterConsumer: CommandForm<AlterConsumer> = {
  type: "alterConsumer",
  number: 14,
  kind: record({ clientId: required(1, clientId), processing: required(2, processing) }),
};
