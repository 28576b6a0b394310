import { clusterLimits } from "../kafka/limits";
import type { Cluster } from "../world/cluster";
import type { Happened } from "../world/commandKind";
import type { Narration } from "../picture/image";
import { share } from "../sim/share";

/** Says a sentence about what just happened, and sets a marker on the timeline where it is worth one. */
export function say(cluster: Cluster, id: string, params: Narration["params"], options: { readonly marker?: "info" | "bad" } = {}): void {
  const narration = share({ id, params: share(params) });
  const { watch, nowUs } = cluster;
  const isBad = options.marker === "bad";
  // What is done together is told by its worst.
  if (isBad || watch.said?.timeUs !== nowUs || !watch.said.isBad) watch.said = share({ timeUs: nowUs, narration, isBad });
  if (!options.marker) return;
  if (watch.markers.length < clusterLimits.maxMarkers) watch.markers.push(share({ timeUs: nowUs, narration, severity: options.marker }));
  else watch.limitsReached.set("maxMarkers", clusterLimits.maxMarkers);
}

/** Says what a command has done, if there is anything to say. */
export function sayHappened(cluster: Cluster, happened: Happened | null): void {
  if (happened) say(cluster, happened.id, happened.params, happened.severity ? { marker: happened.severity } : {});
}
