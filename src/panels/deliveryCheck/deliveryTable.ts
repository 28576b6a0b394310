import type { AuditImage, ClusterImage, GroupImage } from "../../core/picture/image";

export type DeliveryRowName = "acknowledged" | "unconfirmed" | "processed" | "setAside" | "waiting" | "again" | "lost" | "twice" | "outOfOrder" | "beforeStart";

export interface DeliveryTable {
  /** The columns, in the order of their letters. */
  readonly groups: readonly GroupImage[];
  /** What the producers know of, and is the same for each of several groups: one figure a row. */
  readonly sent: readonly DeliveryRow[];
  readonly rows: readonly DeliveryRow[];
  /** The topics that are counted, in the image's order. */
  readonly topics: readonly string[];
}

export interface DeliveryRow {
  readonly name: DeliveryRowName;
  /** One figure per group; null while the group has not begun, and nobody knows yet what is its to get. */
  readonly figures: readonly (number | null)[];
  /** A delivery that is not exactly once and in order shows here. */
  readonly fault: boolean;
}

/** The delivery check of one topic (null: of all), for one group (null: for all that subscribed). */
export function deliveryTable(image: ClusterImage, topic: string | null, groupId: string | null): DeliveryTable {
  const audits = auditsOf(image, topic, groupId);
  const groups = [...image.groups.values()]
    .filter((group) => audits.some((audit) => audit.groupId === group.spec.groupId))
    .sort((one, other) => one.letter - other.letter);
  const sum = (group: GroupImage, name: DeliveryRowName) =>
    audits.reduce((total, audit) => (audit.groupId === group.spec.groupId ? total + audit[name] : total), 0);
  const rows = rowNames
    .map((name) => ({ name, figures: groups.map((group) => (group.isPositioned ? sum(group, name) : null)), fault: faults.has(name) }))
    .filter((row) => !rare.has(row.name) || row.figures.some((figure) => figure !== null && figure > 0));
  const isSent = ({ name, figures }: DeliveryRow): boolean => producers.has(name) && groups.length > 1 && figures.every((figure) => figure === figures[0]);
  const topics = [...image.topics.keys()].filter((name) => audits.some((audit: AuditImage) => audit.topic === name));
  return {
    groups,
    sent: rows.filter(isSent).map((row) => ({ ...row, figures: row.figures.slice(0, 1) })),
    rows: rows.filter((row) => !isSent(row)),
    topics,
  };
}

/** All that the table is made of. */
export function deliveryParts(image: ClusterImage, topic: string | null, groupId: string | null): readonly unknown[] {
  return auditsOf(image, topic, groupId).flatMap((audit) => [audit, image.groups.get(audit.groupId)?.letter, image.groups.get(audit.groupId)?.isPositioned, image.groups.get(audit.groupId)?.promise]);
}

function auditsOf(image: ClusterImage, topic: string | null, groupId: string | null): readonly AuditImage[] {
  return [...image.audit.values()].filter((audit) => (topic === null || audit.topic === topic) && (groupId === null || audit.groupId === groupId) && image.groups.has(audit.groupId));
}

const rowNames: readonly DeliveryRowName[] = ["acknowledged", "unconfirmed", "processed", "setAside", "waiting", "again", "lost", "twice", "outOfOrder", "beforeStart"];
/** Shown only where there are any. */
const rare: ReadonlySet<DeliveryRowName> = new Set(["setAside", "again", "beforeStart"]);
const producers: ReadonlySet<DeliveryRowName> = new Set(["acknowledged", "unconfirmed"]);
const faults: ReadonlySet<DeliveryRowName> = new Set(["lost", "twice", "outOfOrder"]);
