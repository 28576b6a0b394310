import type { Cluster } from "../core/world/cluster";
import { specOf } from "../core/world/topology";
import type { Scenario } from "../scenario/scenario";

/** The scenario that would begin as the world is wired now: the document's words and places, the topology of this moment. */
export function currentScenario(document: Scenario, cluster: Cluster): Scenario {
  return { ...document, ...specOf(cluster.topology) };
}
