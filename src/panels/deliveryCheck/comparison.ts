import type { ColumnImage } from "../../core/picture/amqpImage";
import type { ClusterImage } from "../../core/picture/image";
import type { DeliveryPromise } from "../../core/watch/promise";

export type ColumnRowName = "sent" | "processed" | "waiting" | "inWork" | "setAside" | "lost" | "neverGot" | "twice" | "outOfOrder" | "readable";

/** Groups and queues side by side. */
export interface Comparison {
  readonly heads: readonly ColumnHead[];
  /** Their names do not fit side by side in lines: they stand upright. */
  readonly isUpright: boolean;
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
  const rows = rowNames.map((name) => ({ name, figures: columns.map(({ column }) => figureOf(column, name)), fault: faults.has(name) }));
  const heads = columns.map(({ head }) => head);
  return { heads, isUpright: isUpright(heads), rows: rows.filter(({ name, figures }) => name !== "setAside" || figures.some((figure) => figure > 0)) };
}

/** So many columns have room for words, and for words so long. */
const MOST_WIDE = 2;
const MOST_NARROW = 4;
const LONGEST_WORD = 7;

function isUpright(heads: readonly ColumnHead[]): boolean {
  if (heads.length <= MOST_WIDE) return false;
  return heads.length > MOST_NARROW || heads.some(({ name, from }) => [name, ...from].some((each) => each.split(/(?<=\.)/).some((word) => word.length > LONGEST_WORD)));
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

/** Waiting is what it is everywhere on the page: not done yet, so with what is in work. */
function figureOf(column: ColumnImage, name: ColumnRowName): number {
  return name === "waiting" ? column.waiting + column.inWork : column[name];
}

const rowNames: readonly ColumnRowName[] = ["sent", "processed", "waiting", "inWork", "setAside", "lost", "neverGot", "twice", "outOfOrder", "readable"];
const faults: ReadonlySet<ColumnRowName> = new Set(["lost", "twice", "outOfOrder"]);
