import type { ClusterImage } from "../core/picture/image";

/** Topics that people made, in order of creation. */
export function userTopics(image: ClusterImage): readonly string[] {
  return [...image.topics.values()].filter((topic) => !topic.internal).map((topic) => topic.name);
}
