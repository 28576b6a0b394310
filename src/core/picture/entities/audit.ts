import { auditImage } from "../../watch/auditImage";
import type { EntityKind } from "../entityKind";
import type { AuditImage } from "../image";

/** The delivery check of every group and topic it reads, by `group/topic`. */
export const auditEntity: EntityKind<AuditImage> = {
  field: "audit",
  ids: ({ cluster }) => [...cluster.topology.groups.values()].flatMap(({ groupId, topics }) => topics.map((topic) => `${groupId}/${topic}`)),
  stamp: ({ cluster }, id) => Object.values(auditImage(cluster, ...partsOf(id))),
  project: ({ cluster }, id) => auditImage(cluster, ...partsOf(id)),
};

/** No topic has a slash in its name. */
function partsOf(id: string): [groupId: string, topic: string] {
  const slash = id.lastIndexOf("/");
  return [id.slice(0, slash), id.slice(slash + 1)];
}
