import { offsetsPartition } from "../../broker/api/groups";
import { groupPromise } from "../../watch/promise";
import type { Cluster } from "../../world/cluster";
import type { EntityKind, Scene } from "../entityKind";
import type { GroupImage } from "../image";
import { readerOf } from "../scene";

export const groupEntity: EntityKind<GroupImage> = {
  field: "groups",
  ids: ({ cluster }) => [...cluster.topology.groups.keys()],
  stamp: (scene, groupId) => Object.values(figuresOf(scene, groupId)),
  project: (scene, groupId, before) => {
    const { cluster } = scene;
    const spec = cluster.topology.groups.get(groupId);
    if (!spec) return null;
    const group = cluster.watch.actual.groups.get(groupId);
    return {
      spec,
      letter: [...cluster.topology.groups.keys()].indexOf(groupId),
      state: group?.state ?? "Empty",
      generationId: group?.generationId ?? 0,
      protocolName: group?.protocolName ?? null,
      consumers: clientIdsIn(cluster, groupId),
      ...figuresOf(scene, groupId),
      // It changes with the wiring alone.
      promise: before ? before.promise : hasMembers(cluster, groupId) ? groupPromise(cluster.topology, spec) : null,
      coordinatorPartition: offsetsPartition(cluster.topology.brokerConfigs, groupId),
    };
  },
};

function hasMembers({ topology }: Cluster, groupId: string): boolean {
  return [...topology.consumers.values()].some((consumer) => consumer.groupId === groupId);
}

/** What changes while the wiring stays. */
function figuresOf(scene: Scene, groupId: string): Pick<GroupImage, "leader" | "waiting" | "lag" | "isPositioned" | "processed" | "rebalances"> {
  const { cluster } = scene;
  const { actual, audit, generations } = cluster.watch;
  let waiting = 0;
  let lag: number | null = null;
  let isPositioned = false;
  for (const topic of cluster.topology.groups.get(groupId)?.topics ?? []) {
    for (const place of readerOf(scene, groupId, topic)?.places ?? []) {
      waiting += place.waiting;
      if (place.lag !== null) lag = (lag ?? 0) + place.lag;
      if (place.nextOffset >= 0) isPositioned = true;
    }
  }
  let processed = 0;
  for (const counts of audit.groups.get(groupId)?.topics.values() ?? []) processed += counts.processed;
  const leader = scene.members.get(groupId)?.get(actual.groups.get(groupId)?.leaderId ?? "") ?? null;
  return { leader, waiting, lag, isPositioned, processed, rebalances: generations.get(groupId)?.rebalances ?? 0 };
}

function clientIdsIn({ topology, watch }: Cluster, groupId: string): string[] {
  const specs = [...topology.consumers.values(), ...Array.from(watch.crashed.values(), ({ spec }) => spec)];
  return [...new Set(specs.filter((spec) => spec.groupId === groupId).map(({ clientId }) => clientId))];
}
