import { leaderLogs } from "../../watch/actual";
import type { EntityKind } from "../entityKind";
import type { TopicImage } from "../image";
import { topicState } from "../../world/wanted";
import { topicNames } from "../scene";
import { isInternalTopic } from "../../kafka/names";

/** A topic as it is wanted and as it is: what was asked for may not have been made yet. */
export const topicEntity: EntityKind<TopicImage> = {
  field: "topics",
  ids: ({ cluster }) => topicNames(cluster),
  stamp: ({ cluster }, name) => [sizeOf(cluster, name).recordCount],
  project: ({ cluster }, name) => {
    const { actual, topicIndexes } = cluster.watch;
    const wanted = cluster.topology.topics.get(name);
    const made = actual.metadata.topics.get(name);
    const partitions = made?.partitions.length ?? 0;
    return {
      name,
      index: topicIndexes.get(name) ?? -1,
      topicId: made?.topicId ?? "",
      internal: isInternalTopic(name),
      partitions,
      askedPartitions: wanted?.partitions ?? partitions,
      state: topicState(cluster, name),
      ...sizeOf(cluster, name),
      configs: made?.configs ?? {},
    };
  },
};

function sizeOf({ watch: { actual } }: Parameters<typeof topicNames>[0], name: string): Pick<TopicImage, "recordCount" | "sizeInBytes"> {
  let recordCount = 0;
  let sizeInBytes = 0;
  for (const log of leaderLogs(actual, name)) {
    recordCount += log.recordCount;
    sizeInBytes += log.sizeInBytes;
  }
  return { recordCount, sizeInBytes };
}
