import type { Cluster } from "../world/cluster";
import type { Narration } from "../picture/image";
import { groupWaiting } from "./position";
import { describeScene, describeTrend, describeTrouble } from "./describe";

/** How long a sentence about an event stays, in virtual µs: before what is wrong is told, before a question is answered, and before the scene is described again. */
const BEFORE_TROUBLE_US = 4_000_000;
const BEFORE_ANSWER_US = 5_000_000;
const BEFORE_SCENE_US = 12_000_000;

/** What it says of how much waits goes with the picture. */
function asOfNow(cluster: Cluster, narration: Narration): Narration {
  const { lag, group } = narration.params;
  if (lag === undefined || group === undefined) return narration;
  const groups = String(group).split(", ").filter((groupId) => cluster.topology.groups.has(groupId));
  return { ...narration, params: { ...narration.params, lag: groups.reduce((sum, groupId) => sum + groupWaiting(cluster, groupId), 0) } };
}

/** One sentence about what is on the screen now: what has just happened; else what is wrong, or what is coming; else what the scene shows. */
export function narrate(cluster: Cluster): Narration {
  const { said } = cluster.watch;
  const ageUs = said ? cluster.nowUs - said.timeUs : Infinity;
  if (said && ageUs < BEFORE_TROUBLE_US) return asOfNow(cluster, said.narration);
  const trouble = describeTrouble(cluster);
  if (trouble) return trouble;
  const scene = describeScene(cluster);
  // What a topic is, and what a queue, is asked for; that somebody catches up is no answer.
  if (scene.id === "scene.compared" && ageUs >= BEFORE_ANSWER_US) return scene;
  return describeTrend(cluster) ?? (said && ageUs < BEFORE_SCENE_US ? asOfNow(cluster, said.narration) : scene);
}
