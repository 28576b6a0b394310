import type { ColumnImage } from "../../core/picture/amqpImage";
import type { ClusterImage } from "../../core/picture/image";
import type { DeliveryPromise } from "../../core/watch/promise";

export type ColumnRowName = "sent" | "processed" | "inWork" | "waiting" | "setAside" | "lost" | "neverGot" | "twice" | "outOfOrder" | "readable";

/** Groups and queues side by side. */
export interface Comparison {
  readonly heads: readonly ColumnHead[];
  readonly rows: readonly ColumnRow[];
}

export interface ColumnHead {
  readonly id: string;
  readonly name: string;
  /** Of a group; null for a queue. */
  readonly letter: number | null;
  /** The topics that the group reads, or the exchanges that lead to the queue; none where it is a queue by itself. */
  readonly from: readonly string[];
  readonly promise: DeliveryPromise | null;
}

export interface ColumnRow {
  readonly name: ColumnRowName;
  /** One figure per column. */
  readonly figures: readonly number[];
  readonly fault: boolean;
}

/** The delivery check of all groups and queues; null in a scene without queues. */
export function comparison(image: ClusterImage): Comparison | null {
  const columns = [...image.columns].flatMap(([id, column]) => {
    const head = headOf(image, id, column);
    return head ? [{ head, column }] : [];
  });
  if (columns.length === 0) return null;
  const rows = rowNames.map((name) => ({ name, figures: columns.map(({ column }) => column[name]), fault: faults.has(name) }));
  return { heads: columns.map(({ head }) => head), rows: rows.filter(({ name, figures }) => name !== "setAside" || figures.some((figure) => figure > 0)) };
}

/** All that it is made of. */
export function comparisonParts(image: ClusterImage): readonly unknown[] {
  return [...image.columns.values()].flatMap((column): readonly unknown[] => {
    const group = image.groups.get(column.name);
    const queue = image.queues.get(column.name);
    return column.model === "topic" ? [column, group?.letter, group?.spec, group?.promise] : [column, queue?.spec, queue?.promise, image.exchanges];
  });
}

function headOf({ groups, queues, exchanges }: ClusterImage, id: string, { model, name }: ColumnImage): ColumnHead | null {
  if (model === "topic") {
    const group = groups.get(name);
    return group ? { id, name, letter: group.letter, from: group.spec.topics, promise: group.promise } : null;
  }
  const queue = queues.get(name);
  if (!queue) return null;
  const from = [...new Set(queue.spec.bindings.map(({ exchange }) => exchange))].filter((exchange) => exchanges.has(exchange));
  return { id, name, letter: null, from, promise: queue.promise };
}

const rowNames: readonly ColumnRowName[] = ["sent", "processed", "inWork", "waiting", "setAside", "lost", "neverGot", "twice", "outOfOrder", "readable"];
const faults: ReadonlySet<ColumnRowName> = new Set(["lost", "twice", "outOfOrder"]);
