import { auditImage } from "../../watch/auditImage";
import type { EntityKind, Scene } from "../entityKind";
import type { AuditImage } from "../image";
import { readerOf } from "../scene";

/** The delivery check of every group and topic it reads, by `group/topic`. */
export const auditEntity: EntityKind<AuditImage> = {
  field: "audit",
  ids: ({ cluster }) => [...cluster.topology.groups.values()].flatMap(({ groupId, topics }) => topics.map((topic) => `${groupId}/${topic}`)),
  stamp: (scene, id) => Object.values(imageOf(scene, id)),
  project: imageOf,
};

function imageOf(scene: Scene, id: string): AuditImage {
  const [groupId, topic] = partsOf(id);
  return auditImage(scene.cluster, groupId, topic, readerOf(scene, groupId, topic)?.places ?? []);
}

/** No topic has a slash in its name. */
function partsOf(id: string): [groupId: string, topic: string] {
  const slash = id.lastIndexOf("/");
  return [id.slice(0, slash), id.slice(slash + 1)];
}
