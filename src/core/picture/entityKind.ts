import type { TopicPartitionName } from "../kafka/topicPartition";
import type { PartitionLog } from "../broker/log/partitionLog";
import type { GroupPlace } from "../watch/position";
import type { Cluster } from "../world/cluster";

/**
 * One kind of entity of the read model: which there are, and how each is drawn. An image is made anew only when its stamp has changed: what
 * the stamp holds is all that the image depends on, besides the wiring, which the projection stamps for all.
 */
export interface EntityKind<Image> {
  /** The field of the image that holds them. */
  readonly field: string;
  ids(scene: Scene): readonly string[];
  stamp(scene: Scene, id: string): readonly unknown[];
  /** Null where there is nothing to be seen of it yet. `before` is its last image in this very run, if there is one. */
  project(scene: Scene, id: string, before: Image | null): Image | null;
}

/** A world while it is being drawn, with what many of its images need. */
export interface Scene {
  readonly cluster: Cluster;
  /** Client ids by group and partition. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<TopicPartitionName, string>>;
  /** Logs with records of people, or of groups, by partition, in the order of the topics. */
  readonly logs: ReadonlyMap<TopicPartitionName, PartitionLog>;
  /** Where each group stands in the partitions of its topics. */
  readonly places: ReadonlyMap<string, ReadonlyMap<TopicPartitionName, GroupPlace>>;
}
