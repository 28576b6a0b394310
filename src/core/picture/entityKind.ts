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
  /** Client ids by group and member id. */
  readonly members: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Client ids by group and partition. */
  readonly owners: ReadonlyMap<string, ReadonlyMap<TopicPartitionName, string>>;
  /** In the order of the topics, those of people first. */
  readonly topics: ReadonlyMap<string, TopicScene>;
  /** By partition. */
  readonly logs: ReadonlyMap<TopicPartitionName, LogScene>;
  /** Null: all of it is drawn. */
  readonly looks: Looks | null;
}

/** What is looked at: the names of those whose records are drawn. Of others there are only figures. */
export interface Looks {
  readonly partitions: ReadonlySet<string>;
  readonly producers: ReadonlySet<string>;
  readonly consumers: ReadonlySet<string>;
}

export interface TopicScene {
  readonly logs: readonly PartitionLog[];
  /** The groups that read it, in their order; none of an internal topic. */
  readonly readers: readonly ReaderScene[];
}

export interface ReaderScene {
  readonly groupId: string;
  /** Where it stands in each of the logs. */
  readonly places: readonly GroupPlace[];
}

export interface LogScene {
  readonly log: PartitionLog;
  /** Its place among those of its topic. */
  readonly at: number;
  readonly readers: readonly ReaderScene[];
}
