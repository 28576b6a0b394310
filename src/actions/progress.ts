import type { Scenario } from "../scenario/scenario";
import { type TopiqState, useTopiq } from "../store/topiqStore";
import { setDone } from "./preferences";
import { type LoadedPreset, loadPresets } from "./sharing";

/** The scene whose beginning this is, whatever its names and places have become since; undefined if it is none of ours. */
export function presetOf(scenario: Scenario, presets: readonly LoadedPreset[]): LoadedPreset | undefined {
  const sought = beginningOf(scenario);
  return presets.find((preset) => beginningOf(preset.scenario) === sought);
}

/** Whether one begins as the other. */
export function isBegunAs(scenario: Scenario, other: Scenario): boolean {
  return beginningOf(scenario) === beginningOf(other);
}

function beginningOf({ seed, topics, producers, groups, consumers, amqp }: Scenario): string {
  return JSON.stringify([seed, topics, producers, groups, consumers, amqp], inOrder);
}

/** Fields by name: a link brings them in an order of its own. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** From now on remembers the open scene once its goal is reached. Returns how to stop. */
export function followProgress(): () => void {
  let followed: LoadedPreset | null = null;
  const look = async ({ scenario }: TopiqState): Promise<void> => {
    const preset = scenario ? presetOf(scenario, await loadPresets()) : undefined;
    // Another may have been opened meanwhile.
    const { scenario: open, view } = useTopiq.getState();
    if (open === scenario) followed = preset && !view.done.includes(preset.id) ? preset : null;
  };
  const follow = (state: TopiqState, before?: TopiqState): void => {
    // Where a part of the page cannot be loaded, nothing is marked.
    if (state.scenario !== before?.scenario) look(state).catch(() => undefined);
    if (!followed || !state.image || state.image === before?.image || !followed.goal(state.image, followed.scenario)) return;
    setDone(followed.id);
    followed = null;
  };
  follow(useTopiq.getState());
  return useTopiq.subscribe(follow);
}
