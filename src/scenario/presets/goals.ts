import type { ClusterImage } from "../../core/picture/image";
import type { Scenario } from "../scenario";

/** Whether what a scene has to show stands in the picture, by facts of the world and of where it began. */
export type SceneGoal = (image: ClusterImage, beginning: Scenario) => boolean;

/** Some consumer has nothing to read: there are more of them than partitions. */
export const someIdle: SceneGoal = ({ consumers }) => [...consumers.values()].some(({ phase }) => phase === "idle");

/** A topic has been given partitions, and each group has dealt them out. */
export const morePartitions: SceneGoal = ({ topics, groups, consumers }, beginning) => {
  const grown = beginning.topics.find(({ name, partitions }) => (topics.get(name)?.partitions ?? 0) > partitions);
  if (!grown) return false;
  const total = topics.get(grown.name)?.partitions ?? 0;
  const readers = [...groups.values()].filter(({ spec }) => spec.topics.includes(grown.name));
  const owned = (members: readonly string[]): number => members.flatMap((member) => consumers.get(member)?.assignment ?? []).filter(({ topic }) => topic === grown.name).length;
  return readers.length > 0 && readers.every((group) => owned(group.consumers) === total);
};

/** A group that has had help is no longer behind. */
export const caughtUp: SceneGoal = ({ groups, consumers }, beginning) => consumers.size > beginning.consumers.length && [...groups.values()].every(({ isPositioned, waiting }) => isPositioned && waiting < FEW);

/** Another group has come, and each has processed some of the records. */
export const everyGroupReads: SceneGoal = ({ groups }, beginning) => groups.size > beginning.groups.length && [...groups.values()].every(({ processed }) => processed > 0);

/** Another producer has come, and its first records are stored. */
export const anotherWrites: SceneGoal = ({ producers }, beginning) => producers.size > beginning.producers.length && [...producers.values()].every(({ acknowledged }) => acknowledged > 0);

/** So few records wait that a group is said to keep up. */
export const FEW = 8;
