import type { ColumnImage } from "../../picture/amqpImage";
import type { Cluster } from "../../world/cluster";
import { groupColumn } from "./groupColumn";
import { queueColumn } from "./queueColumn";
import { deadLetterOnly } from "./wantedRoutes";

/**
 * The delivery check with a column for each model: groups and queues side by side, in the same figures. In every column, at any time:
 * sent = processed + in work + waiting + set aside + lost + never got.
 */
export function columnIds({ topology }: Cluster): readonly string[] {
  const { amqp, groups } = topology;
  if (!amqp || amqp.queues.size === 0) return [];
  const ends = deadLetterOnly(topology);
  return [...Array.from(groups.keys(), (name) => `group/${name}`), ...[...amqp.queues.keys()].filter((name) => !ends.has(name)).map((name) => `queue/${name}`)];
}

export function columnOf(cluster: Cluster, id: string): ColumnImage {
  const name = id.slice(id.indexOf("/") + 1);
  return id.startsWith("group/") ? groupColumn(cluster, name) : queueColumn(cluster, name);
}
