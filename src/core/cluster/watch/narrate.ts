import type { Cluster } from "../cluster";
import type { Narration } from "../image";
import { describeScene, describeTrend, describeTrouble } from "./describe";

/** How long a sentence about an event stays, in virtual µs: before what is wrong is told, and before the scene is described again. */
const BEFORE_TROUBLE_US = 4_000_000;
const BEFORE_SCENE_US = 12_000_000;

/** One sentence about what is on the screen now: what has just happened; else what is wrong, or what is coming; else what the scene shows. */
export function narrate(cluster: Cluster): Narration {
  const { said } = cluster.watch;
  const ageUs = said ? cluster.nowUs - said.timeUs : Infinity;
  if (said && ageUs < BEFORE_TROUBLE_US) return said.narration;
  const trouble = describeTrouble(cluster) ?? describeTrend(cluster);
  return trouble ?? (said && ageUs < BEFORE_SCENE_US ? said.narration : describeScene(cluster));
}
