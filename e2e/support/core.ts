import { projectCluster } from "../../src/core/cluster/project";
import { type ClusterImageJson, imageJson } from "../../src/core/cluster/imageJson";
import { advance, beginHistory } from "../../src/core/cluster/history";
import { presets } from "../../src/scenario/presets/presets";
import type { Scenario } from "../../src/scenario/scenario";

/** The names that presets have in addresses. */
export const presetNames: readonly string[] = presets.map(({ id }) => id);

export function loadPreset(name: string): Promise<Scenario> {
  const preset = presets.find(({ id }) => id === name);
  if (!preset) throw new Error(`there is no preset ${name}`);
  return preset.load();
}

/** What a scenario that nobody touches shows at a virtual moment, run here in Node. */
export function imageInNode(scenario: Scenario, timeMs: number): ClusterImageJson {
  const history = beginHistory(scenario);
  advance(history, timeMs * 1000);
  return imageJson(projectCluster(history.cluster));
}
