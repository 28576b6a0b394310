import type { Command, StampedCommand } from "../core/world/command";
import { command, commandProblem, keptJournal } from "./commandKinds";
import { readJson } from "./json";
import { journalProblem, runProblem, scenarioMeaningProblem } from "./meaning";
import { migrate } from "./migrations";
import { attempt, refuse, type ScenarioProblem } from "./problem";
import type { Scenario, SharedRun } from "./scenario";
import { run, scenario } from "./scenarioKinds";
import { scenarioLimits } from "./scenarioLimits";

type Parsed<Name extends string, Value> = { readonly [Key in Name]: Value } | { readonly problem: ScenarioProblem };

/**
 * A scenario out of anything: a parsed value, or its JSON text. Everything is checked, kinds, ranges, caps, names, references and
 * configs; what is left out has its default; and the fields come out in one order whatever theirs was, so that equal scenarios make equal
 * runs. Never throws.
 */
export function parseScenario(value: unknown): Parsed<"scenario", Scenario> {
  const parsed = attempt(() => meaningful(scenario.read(migrate(typeof value === "string" ? readDocument(value) : value), ""), scenarioMeaningProblem));
  return "problem" in parsed ? parsed : { scenario: parsed.value };
}

/** The run of a link, checked as far as can be told without running it: that is for the simulation, which refuses what does not fit. */
export function parseRun(value: unknown): Parsed<"run", SharedRun> {
  const parsed = attempt(() => meaningful(run.read(value, ""), runProblem));
  return "problem" in parsed ? parsed : { run: parsed.value };
}

/** One command out of anything, checked as those of a run are. Never throws. */
export function parseCommand(value: unknown): Parsed<"command", Command> {
  const parsed = attempt(() => meaningful(command.read(value, ""), commandProblem));
  return "problem" in parsed ? parsed : { command: parsed.value };
}

/** The commands of a kept run, in their order. Never throws. */
export function parseJournal(value: unknown): Parsed<"journal", readonly StampedCommand[]> {
  const parsed = attempt(() => meaningful(keptJournal.read(value, ""), (commands) => journalProblem(commands, "")));
  return "problem" in parsed ? parsed : { journal: parsed.value };
}

function readDocument(text: string): unknown {
  return readJson(text, scenarioLimits.maxDocumentLength, { reason: "notJson", path: "", detail: null, params: {} });
}

function meaningful<Value>(value: Value, problemOf: (value: Value) => ScenarioProblem | null): Value {
  const problem = problemOf(value);
  return problem ? refuse(problem) : value;
}
