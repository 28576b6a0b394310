import { projectCluster } from "../../src/core/picture/project";
import { type ClusterImageJson, imageJson } from "../../src/core/picture/imageJson";
import { advance } from "../../src/core/history/winding";
import { beginHistory } from "../../src/core/history/begin";
import { addQueuePart } from "../../src/core/world/queuePart";
import { decodeLink } from "../../src/scenario/link";
import { presets } from "../../src/scenario/presets/presets";
import type { Scenario, SharedRun } from "../../src/scenario/scenario";

// A world of theirs may have queues.
addQueuePart();

/** The names that presets have in addresses. */
export const presetNames: readonly string[] = presets.map(({ id }) => id);

export function loadPreset(name: string): Promise<Scenario> {
  const preset = presets.find(({ id }) => id === name);
  if (!preset) throw new Error(`there is no preset ${name}`);
  return preset.load();
}

/** What a scenario that nobody touches shows at virtual moments, the earliest first, run here in Node. */
export function imagesInNode(scenario: Scenario, timesMs: readonly number[]): readonly ClusterImageJson[] {
  const history = beginHistory(scenario);
  return timesMs.map((timeMs) => {
    advance(history, timeMs * 1000);
    return imageJson(projectCluster(history.cluster));
  });
}

/** The virtual moment at which the run of a link ends, µs. */
export function endOfRun(link: string): number {
  return runOf(link).timeUs;
}

/** How many commands have been given in the run of a link. */
export function commandsOfRun(link: string): number {
  return runOf(link).journal.length;
}

function runOf(link: string): SharedRun {
  const decoded = decodeLink(link);
  if ("problem" in decoded || !decoded.shared.run) throw new Error(`the link holds no run: ${link}`);
  return decoded.shared.run;
}
