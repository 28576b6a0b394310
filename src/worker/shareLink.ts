import type { LinkPart, Query } from "../bridge/messages";
import type { ClusterSpec } from "../core/world/spec";
import { clusterLimits } from "../core/kafka/limits";
import { encodeLink } from "../scenario/link";
import type { Scenario, SharedRun, SharedScenario } from "../scenario/scenario";
import { parseRun } from "../scenario/schema";
import { currentScenario } from "./currentScenario";

/** A link's fragment to a scenario as it is wired now, or (exact) as it began, with its run; null when it is too much for one. */
export function shareLink(document: Scenario, { exact, without = [] }: Extract<Query, { kind: "share" }>, now: ClusterSpec, run: SharedRun): string | null {
  const shared = leaveOut(document, without);
  return linkOf(exact ? { scenario: shared, run } : { scenario: currentScenario(shared, now), run: null });
}

/** The fragment of a link to what is shared; null when that is too much for one, or runs on for longer than a link may ask for. */
function linkOf(shared: SharedScenario): string | null {
  if (shared.run && "problem" in parseRun(shared.run)) return null;
  try {
    const fragment = encodeLink(shared);
    return fragment.length <= clusterLimits.maxLinkCharacters ? fragment : null;
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function leaveOut(document: Scenario, parts: readonly LinkPart[]): Scenario {
  return {
    ...document,
    ...(parts.includes("layout") && { layout: {} }),
    ...(parts.includes("labels") && { labels: {} }),
    ...(parts.includes("description") && { description: "" }),
  };
}
