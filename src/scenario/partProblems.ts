import type { KeySource, RecordSource } from "../core/apps/program";
import { validateConfig, validateConfigs, type Configs, type ConfigsProblem } from "../core/kafka/configs";
import type { ConfigScope } from "../core/kafka/configTable";
import { clusterLimits } from "../core/kafka/limits";
import { invalid, placeIn, type ScenarioProblem } from "./problem";

interface Part {
  readonly topics?: readonly string[];
  readonly source?: Partial<RecordSource>;
  readonly configs?: Configs;
}

export function partProblem(scope: ConfigScope, path: string, part: Part): ScenarioProblem | null {
  return configsProblem(scope, `${path}.configs`, part.configs ?? {}) ?? wiringProblem(path, part);
}

/** A change's configs are looked at one by one: whether they go with those that it leaves alone is for the world of its moment to say. */
export function changeProblem(scope: ConfigScope, path: string, part: Part): ScenarioProblem | null {
  const each = first(Object.entries(part.configs ?? {}), ([name, value]) => {
    const problem = validateConfig(scope, name, value);
    return problem ? describeConfigsProblem(placeIn(path, `configs.${name}`), { name, problem, because: [] }) : null;
  });
  return each ?? wiringProblem(path, part);
}

function wiringProblem(path: string, { topics = [], source }: Part): ScenarioProblem | null {
  return takenProblem(topics.map((name, at) => ({ path: placeIn(path, `topics.${at}`), name }))) ?? (source?.keys ? keyRangeProblem(placeIn(path, "source.keys"), source.keys) : null);
}

function keyRangeProblem(path: string, keys: KeySource): ScenarioProblem | null {
  if (keys.kind !== "range" && keys.kind !== "skewed") return null;
  if (keys.to < keys.from) return invalid(`${path}.to`, "order");
  const max = clusterLimits.maxKeysPerProducer;
  return keys.to - keys.from < max ? null : invalid(path, "tooMany", { max });
}

export function configsProblem(scope: ConfigScope, path: string, configs: Configs): ScenarioProblem | null {
  const [wrong] = validateConfigs(scope, configs);
  return wrong ? describeConfigsProblem(`${path}.${wrong.name}`, wrong) : null;
}

function describeConfigsProblem(path: string, { name, problem, because }: ConfigsProblem): ScenarioProblem {
  const params = because.length > 0 ? { name, because: because.join(", ") } : { name };
  switch (problem.reason) {
    case "unknown":
      return invalid(path, "configUnknown", params);
    case "unset":
      return invalid(path, "configUnset", params);
    case "type":
      return invalid(path, "type", { ...params, expected: problem.type });
    case "min":
      return invalid(path, "min", { ...params, min: problem.min });
    case "max":
      return invalid(path, "max", { ...params, max: problem.max });
    case "choice":
      return invalid(path, "choice", { ...params, allowed: problem.choices.join(", ") });
  }
}

export function takenProblem(names: readonly { readonly path: string; readonly name: string }[]): ScenarioProblem | null {
  const seen = new Set<string>();
  for (const { path, name } of names) {
    if (seen.has(name)) return invalid(path, "taken", { name });
    seen.add(name);
  }
  return null;
}

/** The first problem there is. */
export function first<Entry>(entries: readonly Entry[], problemOf: (entry: Entry) => ScenarioProblem | null): ScenarioProblem | null {
  for (const entry of entries) {
    const problem = problemOf(entry);
    if (problem) return problem;
  }
  return null;
}
