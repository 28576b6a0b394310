import { configTable, type ConfigDefinition, type ConfigScope, type ConfigValue } from "./configTable";

/** Changed values only, by name; what is not there has its default. */
export type Configs = Readonly<Record<string, ConfigValue>>;

/** Why a value is refused, with what is allowed. "unset": the config must be left alone. */
export type ConfigProblem =
  | { readonly reason: "unknown" }
  | { readonly reason: "type"; readonly type: ConfigDefinition["type"] }
  | { readonly reason: "min"; readonly min: number }
  | { readonly reason: "max"; readonly max: number }
  | { readonly reason: "choice"; readonly choices: readonly string[] }
  | { readonly reason: "unset" };

/** A refused config of a whole set; `because` names the other configs that the rule is about. */
export interface ConfigsProblem {
  readonly name: string;
  readonly problem: ConfigProblem;
  readonly because: readonly string[];
}

/** The definition, or undefined for a name that the scope has not. */
export function configDefinition(scope: ConfigScope, name: string): ConfigDefinition | undefined {
  return definitionsByName[scope].get(name);
}

/** All definitions of the scope, in the order of display. */
export function configDefinitions(scope: ConfigScope): readonly ConfigDefinition[] {
  return configTable[scope];
}

/** The value in effect: the changed one or else the default, other spellings resolved. Throws for a name that the scope has not. */
export function configValue(scope: ConfigScope, configs: Configs, name: string): ConfigValue {
  const definition = configDefinition(scope, name);
  if (definition === undefined) throw new Error(`there is no ${scope} config ${name}`);
  const value = configs[name] ?? definition.defaultValue;
  return typeof value === "string" ? canonicalText(definition, value) : value;
}

/** As `configValue`, for an int or a long. Throws when the value is no number. */
export function intConfig(scope: ConfigScope, configs: Configs, name: string): number {
  const value = configValue(scope, configs, name);
  if (typeof value !== "number") throw new Error(`${name} is not a number`);
  return value;
}

/** As `configValue`, for a boolean. Throws when the value is none. */
export function booleanConfig(scope: ConfigScope, configs: Configs, name: string): boolean {
  const value = configValue(scope, configs, name);
  if (typeof value !== "boolean") throw new Error(`${name} is not a boolean`);
  return value;
}

/** As `configValue`, for a choice or a string. Throws when the value is none. */
export function stringConfig(scope: ConfigScope, configs: Configs, name: string): string {
  const value = configValue(scope, configs, name);
  if (typeof value !== "string") throw new Error(`${name} is not a string`);
  return value;
}

/** As `stringConfig`, for the entries of a list. */
export function listConfig(scope: ConfigScope, configs: Configs, name: string): readonly string[] {
  return splitList(stringConfig(scope, configs, name));
}

/** What is wrong with one value on its own, or null (Kafka's `ConfigDef` types and validators). */
export function validateConfig(scope: ConfigScope, name: string, value: ConfigValue): ConfigProblem | null {
  const definition = configDefinition(scope, name);
  if (definition === undefined) return { reason: "unknown" };
  if (value === null) return null;
  const { type, min, max, choices } = definition;
  if (type === "boolean") return typeof value === "boolean" ? null : { reason: "type", type };
  if (type === "int" || type === "long") {
    if (typeof value !== "number" || !Number.isInteger(value)) return { reason: "type", type };
    if (min !== undefined && value < min) return { reason: "min", min };
    if (max !== undefined && value > max) return { reason: "max", max };
    return null;
  }
  if (typeof value !== "string") return { reason: "type", type };
  if (choices === undefined) return null;
  const text = canonicalText(definition, value);
  const entries = type === "list" ? splitList(text) : [text];
  const fine = entries.every((entry, index) => choices.includes(entry) && entries.indexOf(entry) === index);
  return fine ? null : { reason: "choice", choices };
}

/**
 * Everything wrong with a set of changed values: each on its own, and, when those are all fine, against each other as Kafka's clients
 * check it. What Kafka mends by itself is no problem here; see `producerConfigs.ts`.
 */
export function validateConfigs(scope: ConfigScope, configs: Configs): readonly ConfigsProblem[] {
  const problems: ConfigsProblem[] = [];
  for (const [name, value] of Object.entries(configs)) {
    const problem = validateConfig(scope, name, value);
    if (problem !== null) problems.push({ name, problem, because: [] });
  }
  if (problems.length > 0) return problems;
  if (scope === "producer") return producerProblems(configs);
  if (scope === "consumer") return consumerProblems(configs);
  return problems;
}

/** The value as Kafka's tools print it and as it stands in CreateTopics, DescribeConfigs and IncrementalAlterConfigs. */
export function formatConfigValue(value: ConfigValue): string | null {
  if (value === null) return null;
  return value === Number.MAX_SAFE_INTEGER ? LONG_MAX_TEXT : String(value);
}

/**
 * Configs as people have them, in Kafka's files and in the resources of its operators, where every value is text: each text becomes the
 * value that it stands for. What cannot be parsed stays, for `validateConfigs` to refuse.
 */
export function parseConfigs(scope: ConfigScope, configs: Configs): Configs {
  return Object.fromEntries(Object.entries(configs).map(([name, value]) => [name, typeof value === "string" ? parseConfigValue(scope, name, value) : value]));
}

/** The inverse of `formatConfigValue` (`ConfigDef.parseType`). What cannot be parsed comes back as the text, for `validateConfig` to refuse. */
export function parseConfigValue(scope: ConfigScope, name: string, text: string | null): ConfigValue {
  const definition = configDefinition(scope, name);
  if (text === null || definition === undefined) return text;
  const { type } = definition;
  const trimmed = text.trim();
  if (type === "boolean") return /^true$/i.test(trimmed) ? true : /^false$/i.test(trimmed) ? false : text;
  if (type !== "int" && type !== "long") return canonicalText(definition, trimmed);
  if (trimmed === LONG_MAX_TEXT) return Number.MAX_SAFE_INTEGER;
  return /^[+-]?\d+$/.test(trimmed) ? Number(trimmed) : text;
}

/** `ProducerConfig.postProcessAndValidateIdempotenceConfigs` and `KafkaProducer.configureDeliveryTimeout`. */
function producerProblems(configs: Configs): readonly ConfigsProblem[] {
  const problems: ConfigsProblem[] = [];
  const deliveryTimeoutMs = configs["delivery.timeout.ms"] ?? null;
  const leastMs = intConfig("producer", configs, "linger.ms") + intConfig("producer", configs, "request.timeout.ms");
  if (deliveryTimeoutMs !== null && Number(deliveryTimeoutMs) < Math.min(leastMs, INT_MAX)) {
    problems.push({ name: "delivery.timeout.ms", problem: { reason: "min", min: leastMs }, because: ["linger.ms", "request.timeout.ms"] });
  }
  if (!booleanConfig("producer", configs, "enable.idempotence")) return problems;
  const because = ["enable.idempotence"];
  // Idempotence that is on by default gives way to these two; only where it was asked for do they contradict it.
  if (configs["enable.idempotence"] === true) {
    if (stringConfig("producer", configs, "acks") !== "all") {
      problems.push({ name: "acks", problem: { reason: "choice", choices: ["all"] }, because });
    }
    if (intConfig("producer", configs, "retries") === 0) {
      problems.push({ name: "retries", problem: { reason: "min", min: 1 }, because });
    }
  }
  const inFlight = "max.in.flight.requests.per.connection";
  if (intConfig("producer", configs, inFlight) > 5) problems.push({ name: inFlight, problem: { reason: "max", max: 5 }, because });
  return problems;
}

/** The constructor of `Heartbeat`, and `ConsumerConfig.checkUnsupportedConfigsPostProcess` (KIP-848). */
function consumerProblems(configs: Configs): readonly ConfigsProblem[] {
  if (stringConfig("consumer", configs, "group.protocol") === "consumer") {
    return ["partition.assignment.strategy", "session.timeout.ms", "heartbeat.interval.ms"]
      .filter((name) => (configs[name] ?? null) !== null)
      .map((name) => ({ name, problem: { reason: "unset" }, because: ["group.protocol"] }));
  }
  const sessionTimeoutMs = intConfig("consumer", configs, "session.timeout.ms");
  if (intConfig("consumer", configs, "heartbeat.interval.ms") < sessionTimeoutMs) return [];
  return [{ name: "heartbeat.interval.ms", problem: { reason: "max", max: sessionTimeoutMs - 1 }, because: ["session.timeout.ms"] }];
}

/** Every choice by its own name, a list's entries without blanks. */
function canonicalText({ type, aliases = {} }: ConfigDefinition, text: string): string {
  const canonical = (entry: string): string => (Object.hasOwn(aliases, entry) ? (aliases[entry] ?? entry) : entry);
  return type === "list" ? splitList(text).map(canonical).join(",") : canonical(text);
}

function splitList(text: string): readonly string[] {
  return text.split(",").map((entry) => entry.trim());
}

const INT_MAX = 0x7fff_ffff;
const LONG_MAX_TEXT = "9223372036854775807";

const definitionsByName: Readonly<Record<ConfigScope, ReadonlyMap<string, ConfigDefinition>>> = {
  producer: byName("producer"),
  consumer: byName("consumer"),
  topic: byName("topic"),
  broker: byName("broker"),
};

function byName(scope: ConfigScope): ReadonlyMap<string, ConfigDefinition> {
  return new Map(configTable[scope].map((definition) => [definition.name, definition]));
}
