import { configDefinitions, configValue, formatConfigValue, parseConfigValue, validateConfigs, type ConfigProblem, type Configs } from "../../../core/kafka/configs";
import type { ConfigDefinition, ConfigScope, ConfigValue } from "../../../core/kafka/configTable";
import type { FieldProblem, Parsed } from "./parseField";

export interface ConfigRow {
  readonly definition: ConfigDefinition;
  /** The value in effect, as Kafka's tools print it. */
  readonly text: string;
  readonly defaultText: string;
  /** Not Kafka's default. */
  readonly changed: boolean;
}

export interface ConfigRows {
  /** The settings that matter here, in the asked order. */
  readonly primary: readonly ConfigRow[];
  /** Others that are not as Kafka has them. */
  readonly changed: readonly ConfigRow[];
  readonly rest: readonly ConfigRow[];
  /** Those of no effect here: to be seen, not to be set. */
  readonly idle: readonly ConfigRow[];
}

/** The settings of a scope with their values in effect. One that has nothing to choose from here, or is set elsewhere, is left out. */
export function configRows(scope: ConfigScope, configs: Configs, primaryNames: readonly string[], elsewhere: readonly string[] = []): ConfigRows {
  const rows = configDefinitions(scope)
    .filter((definition) => definition.choices?.length !== 0 && !elsewhere.includes(definition.name))
    .map((definition) => configRow(scope, configs, definition));
  const others = rows.filter((row) => !primaryNames.includes(row.definition.name) && !row.definition.isIdle);
  return {
    primary: primaryNames.flatMap((name) => rows.filter((row) => row.definition.name === name)),
    changed: others.filter((row) => row.changed),
    rest: others.filter((row) => !row.changed),
    idle: rows.filter((row) => row.definition.isIdle),
  };
}

/**
 * The change that sets this config to what the text says; null, and a value that is the default, set it back. Refused when the value, or
 * the set of changed configs with it, is not valid.
 */
export function parseConfig(scope: ConfigScope, configs: Configs, name: string, text: string | null): Parsed<Configs> {
  const value = parseConfigValue(scope, name, text);
  const changed: Configs = { ...configs, [name]: value };
  const faults = validateConfigs(scope, changed);
  const fault = faults.find((candidate) => candidate.name === name) ?? faults[0];
  if (fault) return { ok: false, problem: configProblem(fault.name, name, fault.problem) };
  return { ok: true, value: { [name]: isDefault(scope, name, value) ? null : value } };
}

function isDefault(scope: ConfigScope, name: string, value: ConfigValue): boolean {
  return value === null || configValue(scope, { [name]: value }, name) === configValue(scope, {}, name);
}

function configRow(scope: ConfigScope, configs: Configs, definition: ConfigDefinition): ConfigRow {
  const value = configs[definition.name] ?? null;
  return {
    definition,
    text: formatConfigValue(configValue(scope, configs, definition.name)) ?? "",
    defaultText: formatConfigValue(definition.defaultValue) ?? "null",
    changed: !isDefault(scope, definition.name, value),
  };
}

/** What is allowed, in words; a fault of another setting, brought about by this one, is named. */
function configProblem(faulty: string, edited: string, problem: ConfigProblem): FieldProblem {
  const other = faulty !== edited;
  switch (problem.reason) {
    case "min":
      return { key: other ? "settings.problem.otherMin" : "settings.problem.min", params: { name: faulty, min: problem.min } };
    case "max":
      return { key: other ? "settings.problem.otherMax" : "settings.problem.max", params: { name: faulty, max: problem.max } };
    case "choice":
      return { key: other ? "settings.problem.otherChoice" : "settings.problem.choice", params: { name: faulty, choices: problem.choices.join(", ") } };
    case "unset":
      return { key: "settings.problem.unset", params: { name: faulty } };
    case "type":
      return { key: problem.type === "boolean" ? "settings.problem.boolean" : "settings.problem.whole", params: { name: faulty } };
    case "unknown":
      return { key: "settings.problem.unknown", params: { name: faulty } };
  }
}
