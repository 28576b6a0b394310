import { isConsumer } from "../../clients/consumer/consumer";
import { closeConsumer } from "../../clients/consumer/handle";
import { consumerContext } from "../actors/consumer";
import { clientOf } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import { changeSpec } from "../topology";
import { known } from "./rules";

export interface MoveConsumer {
  readonly type: "moveConsumer";
  readonly clientId: string;
  readonly groupId: string;
}

export const moveConsumer: CommandKind<MoveConsumer> = {
  type: "moveConsumer",
  validate: ({ consumers, groups }, { clientId, groupId }) => known(consumers, clientId, "unknownConsumer") ?? known(groups, groupId, "unknownGroup"),
  fold: ({ consumers }, { clientId, groupId }) => changeSpec(consumers, clientId, { groupId }),
  perform: (cluster, { clientId, groupId }, _before, cause = { kind: "moved", subject: clientId }) => {
    const found = clientOf(cluster, isConsumer, clientId);
    if (!found || (found.client.groupId === groupId && found.client.closing === null)) return null;
    const { client, id } = found;
    cluster.watch.causes.set(client.groupId, cause);
    cluster.watch.causes.set(groupId, cause);
    closeConsumer(client, consumerContext(cluster, id), "restart");
    return cause.kind === "mode" ? null : happened("member.joined", { consumer: clientId, group: groupId });
  },
  inverse: (command, before) => {
    const spec = before.consumers.get(command.clientId);
    return spec ? { ...command, groupId: spec.groupId } : null;
  },
};
