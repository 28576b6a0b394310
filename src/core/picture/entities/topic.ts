import type { EntityKind, Scene } from "../entityKind";
import type { TopicImage } from "../image";
import { topicState } from "../../world/wanted";
import { isInternalTopic } from "../../kafka/names";

/** A topic as it is wanted and as it is: what was asked for may not have been made yet. */
export const topicEntity: EntityKind<TopicImage> = {
  field: "topics",
  ids: ({ topics }) => [...topics.keys()],
  stamp: (scene, name) => [sizeOf(scene, name).recordCount],
  project: (scene, name) => {
    const { cluster } = scene;
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
      ...sizeOf(scene, name),
      configs: made?.configs ?? {},
    };
  },
};

function sizeOf({ topics }: Scene, name: string): Pick<TopicImage, "recordCount" | "sizeInBytes"> {
  let recordCount = 0;
  let sizeInBytes = 0;
  for (const log of topics.get(name)?.logs ?? []) {
    recordCount += log.recordCount;
    sizeInBytes += log.sizeInBytes;
  }
  return { recordCount, sizeInBytes };
}
