import { isConsumer } from "../../clients/consumer/consumer";
import { askCluster } from "../actors/admin";
import { actorsOf, type Cluster } from "../cluster";
import { happened, type CommandKind } from "../commandKind";
import { changeSpec } from "../topology";
import { partitionCount, problem } from "./rules";

export interface CreatePartitions {
  readonly type: "createPartitions";
  readonly topic: string;
  /** The new total; Kafka only ever adds partitions. */
  readonly count: number;
}

export const createPartitions: CommandKind<CreatePartitions> = {
  type: "createPartitions",
  validate: ({ topics }, { topic, count }) => {
    const current = topics.get(topic)?.partitions;
    if (current === undefined) return problem("unknownTopic", { name: topic });
    return partitionCount(count) ?? (count <= current ? problem("partitionsOnlyUp", { topic, current, count }) : null);
  },
  fold: ({ topics }, { topic, count }) => changeSpec(topics, topic, { partitions: count }),
  perform: (cluster, { topic, count }) => {
    askCluster(cluster, { api: "CreatePartitions", timeoutMs: 30_000, topics: [{ name: topic, count }] });
    for (const groupId of cluster.topology.groups.keys()) if (isReadBy(cluster, groupId, topic)) cluster.watch.causes.set(groupId, { kind: "partitions", subject: topic });
    return happened("partitions.added", { topic, partitions: count });
  },
  inverse: () => null,
};

function isReadBy(cluster: Cluster, groupId: string, topic: string): boolean {
  for (const [, consumer] of actorsOf(cluster, isConsumer)) if (consumer.groupId === groupId && consumer.topics.includes(topic)) return true;
  return false;
}
