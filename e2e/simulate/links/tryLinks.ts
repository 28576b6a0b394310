import { decodeLink, encodeLink } from "../../../src/scenario/link";
import type { SharedScenario } from "../../../src/scenario/scenario";
import { parseRun, parseScenario } from "../../../src/scenario/schema";
import { hostileLink } from "./hostileLink";

const PROGRESS_MS = 5000;
const MOST_CPU_MS = 50;
const TRIES = 3;

/** How a link was taken: "accepted", or the reason why not. */
export type Outcome = string;

/** Gives hostile links, made from seeds one after the other, to what opens links; each failure is told at once. */
export function tryLinks(from: number, count: number): { readonly summary: string; readonly failed: readonly number[] } {
  const failed: number[] = [];
  const outcomes = new Map<Outcome, number>();
  let slowest = { ms: 0, what: "none" };
  let saidMs = performance.now();
  for (let seed = from; seed < from + count; seed++) {
    const { kind, text } = hostileLink(seed);
    try {
      const { outcome, ms } = timed(text);
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      if (ms > slowest.ms) slowest = { ms, what: `${kind}, seed ${seed}, ${text.length} characters` };
      if (ms > MOST_CPU_MS) throw new Error(`took ${ms.toFixed(1)} ms, ${TRIES} times`);
    } catch (error) {
      failed.push(seed);
      console.error(`${kind}: ${error instanceof Error ? error.message : String(error)}\n  again: npm run simulate -- --links 1 --from ${seed}`);
    }
    if (performance.now() - saidMs < PROGRESS_MS) continue;
    saidMs = performance.now();
    console.error(`seed ${seed}: ${seed - from + 1} of ${count} links, slowest ${slowest.ms.toFixed(1)} ms`);
  }
  const taken = [...outcomes].sort(([, one], [, other]) => other - one).map(([outcome, links]) => `${links} ${outcome}`);
  const outcome = failed.length === 0 ? "all hold" : `failed: ${failed.join(", ")}`;
  return { summary: `${count} links from seed ${from}: ${taken.join(", ")}; slowest ${slowest.ms.toFixed(1)} ms of CPU (${slowest.what}); ${outcome}`, failed };
}

/** How a link is taken. Throws where it is not as it should be: refused in words, or opened as something valid that can be shared again. */
export function outcomeOf(text: string): Outcome {
  const decoded = decodeLink(text);
  if (!("problem" in decoded)) return acceptedOnlyIf(isShareable(decoded.shared));
  const { reason, params } = decoded.problem;
  if (reason === "invalid" && typeof params["detail"] !== "string") throw new Error("is refused, and nobody knows what for");
  return reason;
}

function acceptedOnlyIf(fine: boolean): Outcome {
  if (!fine) throw new Error("opens as what cannot be opened or shared again");
  return "accepted";
}

function isShareable(shared: SharedScenario): boolean {
  const scenario = parseScenario(shared.scenario);
  const run = shared.run && parseRun(shared.run);
  const again = decodeLink(encodeLink(shared));
  const texts = [{ scenario: "scenario" in scenario && scenario.scenario, run: run && "run" in run && run.run }, "shared" in again && again.shared].map((value) => JSON.stringify(value));
  return texts.every((text) => text === JSON.stringify(shared));
}

/** The least CPU of a few tries, for a machine has other things to do. */
function timed(text: string): { readonly outcome: Outcome; readonly ms: number } {
  const outcome = outcomeOf(text);
  let ms = Infinity;
  for (let tries = 0; tries < TRIES && (tries === 0 || ms > MOST_CPU_MS); tries++) {
    const before = process.cpuUsage();
    decodeLink(text);
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1000);
  }
  return { outcome, ms };
}
