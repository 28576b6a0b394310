import type { OpeningProblem, OpenSource } from "../bridge/messages";
import type { Command } from "../core/world/command";
import type { ScenarioProblem } from "../scenario/problem";
import type { Scenario, SharedScenario } from "../scenario/scenario";
import { parseCommand, parseScenario } from "../scenario/schema";

/**
 * The one gate of the worker: whatever a person, a script, a link or a file brings is looked at here, by the scenario's schema, before a
 * world hears of it. What is refused is answered in words, and leaves no trace.
 */

/** What a link or a document holds. The code that reads links is loaded when there is one. */
export async function readShared(source: Exclude<OpenSource, { kind: "saved" }>): Promise<{ readonly shared: SharedScenario } | { readonly problem: OpeningProblem }> {
  if (source.kind === "link") {
    const { decodeLink } = await import("../scenario/link");
    return decodeLink(source.link);
  }
  const parsed = parseScenario(source.document);
  return "problem" in parsed ? { problem: openingProblem(parsed.problem) } : { shared: { scenario: parsed.scenario, run: null } };
}

/** A command, or what is wrong with it. Whether the world of its moment takes it is for that world to say. */
export function readCommand(value: unknown): { readonly command: Command } | { readonly problem: ScenarioProblem } {
  return parseCommand(value);
}

/** A document with other words and places; null when they are not what a document may hold. */
export function readDocument(document: Scenario, changes: unknown): Scenario | null {
  const parsed = parseScenario({ ...document, ...(changes as object) });
  return "scenario" in parsed ? { ...document, ...pick(parsed.scenario) } : null;
}

/** The part of a document that the simulation never hears of. */
function pick({ name, description, layout, labels }: Scenario): Pick<Scenario, "name" | "description" | "layout" | "labels"> {
  return { name, description, layout, labels };
}

function openingProblem({ reason, path, detail, params }: ScenarioProblem): OpeningProblem {
  return { reason, params: { ...params, path, detail: detail ?? "" } };
}
