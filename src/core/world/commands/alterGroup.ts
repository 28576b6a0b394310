import { isConsumer } from "../../clients/consumer/consumer";
import { closeConsumer } from "../../clients/consumer/handle";
import type { Configs } from "../../kafka/configs";
import { consumerContext } from "../actors/consumer";
import { actorsOf, type Cluster } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import { alteredConfigs, changeSpec } from "../topology";
import { configs, formerConfigs, known, topics } from "./rules";

export interface AlterGroup {
  readonly type: "alterGroup";
  readonly groupId: string;
  readonly topics?: readonly string[];
  /** What changes, as for a topic. Every member restarts with it. */
  readonly configs?: Configs;
}

export const alterGroup: CommandKind<AlterGroup> = {
  type: "alterGroup",
  validate: ({ groups }, { groupId, topics: names = [], configs: changed = {} }) =>
    known(groups, groupId, "unknownGroup") ?? topics(names) ?? configs("consumer", alteredConfigs(groups.get(groupId), changed)),
  fold: ({ groups }, { groupId, topics: names, configs: changed }) => {
    if (names) changeSpec(groups, groupId, { topics: names });
    if (changed) changeSpec(groups, groupId, { configs: alteredConfigs(groups.get(groupId), changed) });
  },
  perform: (cluster, command, before) => {
    restartMembers(cluster, command.groupId);
    return whatChanged(command, before.groups.get(command.groupId)?.topics ?? []);
  },
  inverse: (command, before) => {
    const spec = before.groups.get(command.groupId);
    if (!spec) return null;
    return {
      type: "alterGroup",
      groupId: command.groupId,
      ...(command.topics && { topics: spec.topics }),
      ...(command.configs && { configs: formerConfigs(command.configs, spec.configs) }),
    };
  },
};

/** Every member stops in order and starts again with what its group says now. */
function restartMembers(cluster: Cluster, groupId: string): void {
  cluster.watch.causes.set(groupId, { kind: "restarted", subject: groupId });
  for (const [id, consumer] of [...actorsOf(cluster, isConsumer)]) {
    if (consumer.groupId === groupId && consumer.closing === null) closeConsumer(consumer, consumerContext(cluster, id), "restart");
  }
}

function whatChanged({ groupId: group, topics: names, configs: changed = {} }: AlterGroup, before: readonly string[]): ReturnType<typeof happened> {
  const [added] = (names ?? []).filter((topic) => !before.includes(topic));
  const [gone] = names ? before.filter((topic) => !names.includes(topic)) : [];
  if (added !== undefined) return happened("group.subscribed", { group, topic: added });
  return gone === undefined ? happened("group.changed", { group, configs: Object.keys(changed).join(", ") }) : happened("group.unsubscribed", { group, topic: gone });
}
