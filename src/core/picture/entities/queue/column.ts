import { columnIds, columnOf } from "../../../watch/queue/columns";
import type { ColumnImage } from "../../amqpImage";
import type { EntityKind } from "../../entityKind";

/** The delivery check of groups and queues side by side. */
export const columnEntity: EntityKind<ColumnImage> = {
  field: "columns",
  ids: ({ cluster }) => columnIds(cluster),
  stamp: ({ cluster }, id) => Object.values(columnOf(cluster, id)),
  project: ({ cluster }, id) => columnOf(cluster, id),
};
