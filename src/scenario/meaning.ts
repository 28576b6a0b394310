import type { Command } from "../core/world/command";
import type { KeySource, RecordSource } from "../core/apps/program";
import { validateConfig, validateConfigs, type Configs, type ConfigsProblem } from "../core/kafka/configs";
import type { ConfigScope } from "../core/kafka/configTable";
import { clusterLimits } from "../core/kafka/limits";
import { invalid, placeIn, type ScenarioProblem } from "./problem";
import type { Scenario, SharedRun } from "./scenario";

/** What is wrong with a scenario whose parts all have the right kinds: configs, names given twice, and references to what is not there. */
export function scenarioMeaningProblem(scenario: Scenario): ScenarioProblem | null {
  const { topics, producers, groups, consumers, brokerConfigs } = scenario;
  const topicNames = topics.map(({ name }) => name);
  const groupIds = groups.map(({ groupId }) => groupId);
  const clients = [...paths("producers", producers), ...paths("consumers", consumers)];
  return (
    configsProblem("broker", "brokerConfigs", brokerConfigs) ??
    internalTopicProblem(brokerConfigs) ??
    takenProblem(topicNames.map((name, at) => ({ path: `topics.${at}.name`, name }))) ??
    takenProblem(groupIds.map((name, at) => ({ path: `groups.${at}.groupId`, name }))) ??
    takenProblem(clients.map(({ path, spec }) => ({ path: `${path}.clientId`, name: spec.clientId }))) ??
    first(paths("topics", topics), ({ path, spec }) => configsProblem("topic", `${path}.configs`, spec.configs)) ??
    first(paths("producers", producers), ({ path, spec }) => partProblem("producer", path, spec)) ??
    first(paths("groups", groups), ({ path, spec }) => partProblem("consumer", path, spec)) ??
    first(paths("consumers", consumers), ({ path, spec }) => unknownName(`${path}.groupId`, "group", spec.groupId, groupIds))
  );
}

/** Times that go back, or commands that no world would take. */
export function runProblem({ journal, timeUs, eventCount }: SharedRun): ScenarioProblem | null {
  const moments = [...journal, { timeUs, eventCount }];
  return orderProblem("journal", moments, (moment) => moment.eventCount) ?? orderProblem("journal", moments, (moment) => moment.timeUs) ?? journalProblem(journal);
}

/** Commands whose times go back, or that no world would take; `path` is their place. */
export function journalProblem(journal: SharedRun["journal"], path = "journal"): ScenarioProblem | null {
  return orderProblem(path, journal, (moment) => moment.timeUs) ?? first(paths(path, journal), (entry) => commandProblem(entry.spec.command, `${entry.path}.command`));
}

function orderProblem<Entry>(path: string, entries: readonly Entry[], timeOf: (entry: Entry) => number): ScenarioProblem | null {
  const at = entries.findIndex((entry, index) => index > 0 && timeOf(entry) < timeOf(entries[index - 1] as Entry));
  return at < 0 ? null : invalid(`${path}.${at}`, "order");
}

/** What is wrong with a command for any world; `path` is its place. */
export function commandProblem(command: Command, path = ""): ScenarioProblem | null {
  switch (command.type) {
    case "createTopic":
      return configsProblem("topic", placeIn(path, "topic.configs"), command.topic.configs);
    case "alterTopicConfigs":
      return changeProblem("topic", path, command);
    case "addProducer":
      return partProblem("producer", placeIn(path, "producer"), command.producer);
    case "alterProducer":
      return changeProblem("producer", path, command);
    case "addGroup":
      return partProblem("consumer", placeIn(path, "group"), command.group);
    case "alterGroup":
      return changeProblem("consumer", path, command);
    default:
      return null;
  }
}

interface Part {
  readonly topics?: readonly string[];
  readonly source?: Partial<RecordSource>;
  readonly configs?: Configs;
}

function partProblem(scope: ConfigScope, path: string, part: Part): ScenarioProblem | null {
  return configsProblem(scope, `${path}.configs`, part.configs ?? {}) ?? wiringProblem(path, part);
}

/** A change's configs are looked at one by one: whether they go with those that it leaves alone is for the world of its moment to say. */
function changeProblem(scope: ConfigScope, path: string, part: Part): ScenarioProblem | null {
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

function configsProblem(scope: ConfigScope, path: string, configs: Configs): ScenarioProblem | null {
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

/** Kafka knows no bound for the partitions that the broker makes by itself, but here every count has a cap. */
function internalTopicProblem(configs: Configs): ScenarioProblem | null {
  const max = clusterLimits.maxPartitionsPerTopic;
  const name = ["num.partitions", "offsets.topic.num.partitions"].find((config) => Number(configs[config] ?? 1) > max);
  return name === undefined ? null : invalid(`brokerConfigs.${name}`, "max", { name, max });
}

function takenProblem(names: readonly { readonly path: string; readonly name: string }[]): ScenarioProblem | null {
  const seen = new Set<string>();
  for (const { path, name } of names) {
    if (seen.has(name)) return invalid(path, "taken", { name });
    seen.add(name);
  }
  return null;
}

function unknownName(path: string, kind: "group", name: string, known: readonly string[]): ScenarioProblem | null {
  return known.includes(name) ? null : invalid(path, "unknown", { kind, name });
}

function paths<Spec>(path: string, specs: readonly Spec[]): readonly { readonly path: string; readonly spec: Spec }[] {
  return specs.map((spec, at) => ({ path: `${path}.${at}`, spec }));
}

function first<Entry>(entries: readonly Entry[], problemOf: (entry: Entry) => ScenarioProblem | null): ScenarioProblem | null {
  for (const entry of entries) {
    const problem = problemOf(entry);
    if (problem) return problem;
  }
  return null;
}
