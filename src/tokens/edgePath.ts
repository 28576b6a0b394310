import type { TokenEdge } from "../bridge/messages";

/** An edge's line with the distance run at each of its points, for motion at an even pace. */
export interface EdgePath {
  readonly points: Float32Array;
  readonly lengths: Float32Array;
  readonly length: number;
}

export function edgePath(points: readonly number[]): EdgePath {
  const count = points.length / 2;
  const lengths = new Float32Array(count);
  for (let index = 1; index < count; index += 1) {
    const dx = points[index * 2]! - points[index * 2 - 2]!;
    const dy = points[index * 2 + 1]! - points[index * 2 - 1]!;
    lengths[index] = lengths[index - 1]! + Math.hypot(dx, dy);
  }
  return { points: Float32Array.from(points), lengths, length: lengths[count - 1] ?? 0 };
}

/** The point that lies at this fraction of the length, 0 to 1, written into `place` as [x, y]: no garbage in the drawing loop. */
export function placeOnPath(path: EdgePath, fraction: number, place: Float64Array): void {
  const { points, lengths, length } = path;
  const run = Math.min(Math.max(fraction, 0), 1) * length;
  let low = 0;
  let high = lengths.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (lengths[middle]! <= run) low = middle;
    else high = middle;
  }
  const stretch = lengths[high]! - lengths[low]!;
  const t = stretch > 0 ? (run - lengths[low]!) / stretch : 0;
  place[0] = points[low * 2]! + (points[high * 2]! - points[low * 2]!) * t;
  place[1] = points[low * 2 + 1]! + (points[high * 2 + 1]! - points[low * 2 + 1]!) * t;
}

/** One number for an edge's ends: exact up to a million actors and 65,536 topics and partitions. */
export function edgeKey(client: number, topic: number, partition: number): number {
  return (client * 65_536 + topic) * 65_536 + partition;
}

/** Edges as the drawing loop wants them: an index by key, and the paths by index. */
export interface EdgeTable {
  readonly indexByKey: ReadonlyMap<number, number>;
  readonly paths: readonly EdgePath[];
}

export function edgeTable(edges: readonly TokenEdge[]): EdgeTable {
  return {
    indexByKey: new Map(edges.map((edge, index) => [edgeKey(edge.client, edge.topic, edge.partition), index])),
    paths: edges.map((edge) => edgePath(edge.points)),
  };
}
