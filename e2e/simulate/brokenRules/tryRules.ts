import type { BrokenRule } from "./brokenRule";
import { brokenRules } from "./brokenRules";
import { catchRule } from "./catchRule";

/** Breaks one rule after the other, and says of each at once which random world noticed. Returns those that none did. */
export async function tryRules(only: string | null, say: (line: string) => void): Promise<{ readonly summary: string; readonly failed: readonly unknown[] }> {
  const chosen = brokenRules.filter(({ rule }) => only === null || rule === only);
  if (chosen.length === 0) return { summary: `Nothing breaks ${only}: ${[...new Set(brokenRules.map(({ rule }) => rule))].join(", ")}.`, failed: [only] };
  const failed: BrokenRule[] = [];
  for (const broken of chosen) {
    const caught = await catchRule(broken);
    if (!caught) failed.push(broken);
    say(`${broken.rule.padEnd(7)} ${broken.words}${broken.hasFaults ? " (with faults)" : ""}\n        ${caught ? `caught by ${caught.sentence}` : "NOT CAUGHT"}`);
  }
  const names = failed.map(({ rule }) => rule).join(", ");
  return { summary: `${chosen.length} broken rules, ${failed.length === 0 ? "all are caught" : `not caught: ${names}`}`, failed };
}
