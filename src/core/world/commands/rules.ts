import type { Processing, RecordSource } from "../../apps/program";
import { validateConfigs, type Configs } from "../../kafka/configs";
import type { ConfigScope } from "../../kafka/configTable";
import { clusterLimits } from "../../kafka/limits";
import { isUserClientId, isUserTopicName } from "../../kafka/names";
import type { CommandProblem } from "../commandKind";
import type { Topology } from "../topology";

/** What several commands ask for alike: each gives what is wrong, or null. */

export function partitionCount(count: number): CommandProblem | null {
  return range("partitions", count, 1, clusterLimits.maxPartitionsPerTopic, Number.isInteger(count));
}

export function newClient(topology: Topology, clientId: string, count: number, cap: keyof typeof clusterLimits): CommandProblem | null {
  if (!isUserClientId(clientId)) return problem("nameInvalid", { name: clientId });
  if (topology.producers.has(clientId) || topology.consumers.has(clientId) || topology.amqp?.receivers.has(clientId)) return problem("nameTaken", { name: clientId });
  return limit(count, cap);
}

export function recordSource(source: RecordSource): CommandProblem | null {
  const { keys } = source;
  const rate = range("rate", source.ratePerSecond, 0, clusterLimits.maxRecordsPerSecondPerProducer);
  const size = range("valueSize", source.valueSizeInBytes, 0, clusterLimits.maxValueSizeInBytes, Number.isInteger(source.valueSizeInBytes));
  if (rate || size || keys.kind === "none") return rate ?? size;
  if (keys.kind === "list") {
    const isFine = keys.keys.every((key) => typeof key === "string" && key.length <= clusterLimits.maxNameLength);
    return range("keys", keys.keys.length, 1, clusterLimits.maxKeysPerProducer, isFine);
  }
  const isFine = Number.isSafeInteger(keys.from) && Number.isSafeInteger(keys.to) && keys.prefix.length <= clusterLimits.maxNameLength;
  const name = range("keys", keys.prefix.length, 0, clusterLimits.maxNameLength);
  const span = name ?? range("keys", keys.to - keys.from + 1, 1, clusterLimits.maxKeysPerProducer, isFine);
  return span ?? (keys.kind === "skewed" ? range("hotPercent", keys.hotPercent, 0, 100, Number.isInteger(keys.hotPercent)) : null);
}

export function processing({ timeMs, workers = 1, failure, rescue, forwardTo }: Processing): CommandProblem | null {
  const { maxProcessingMs, maxWorkers, maxPoison, maxRetries, maxRetryTopics } = clusterLimits;
  return (
    range("processing", timeMs, 0, maxProcessingMs) ??
    range("workers", workers, 1, maxWorkers, Number.isInteger(workers)) ??
    range("percent", failure?.percent ?? 0, 0, 100) ??
    range("poison", (failure?.keys?.length ?? 0) + (failure?.numbers?.length ?? 0), 0, maxPoison) ??
    range("retries", rescue?.retries ?? 0, 0, maxRetries, Number.isInteger(rescue?.retries ?? 0)) ??
    range("backoff", rescue?.backoffMs ?? 0, 0, maxProcessingMs) ??
    range("delay", rescue?.delayMs ?? 0, 0, maxProcessingMs) ??
    range("retryTopics", rescue?.topics?.length ?? 0, 0, maxRetryTopics) ??
    topics([...(rescue?.topics ?? [])]) ??
    topics(forwardTo === undefined ? [] : [forwardTo])
  );
}

/** What a client subscribes or sends to is its own affair: whether there is such a topic it finds out by itself. */
export function topics(names: readonly string[]): CommandProblem | null {
  for (const name of names) if (!isUserTopicName(name)) return problem("nameInvalid", { name });
  return new Set(names).size === names.length ? null : problem("nameTaken", { name: names.join(", ") });
}

export function configs(scope: ConfigScope, changed: Configs): CommandProblem | null {
  const wrong = validateConfigs(scope, changed)[0];
  if (!wrong) return null;
  const { reason: rule, ...allowed } = wrong.problem;
  const because = wrong.because.length > 0 ? { because: wrong.because.join(", ") } : {};
  return problem("configInvalid", { name: wrong.name, rule, allowed: Object.values(allowed).flat().join(", "), ...because });
}

export function known(entries: ReadonlyMap<string, unknown>, name: string, reason: CommandProblem["reason"]): CommandProblem | null {
  return entries.has(name) ? null : problem(reason, { name });
}

export function limit(count: number, cap: keyof typeof clusterLimits): CommandProblem | null {
  return count < clusterLimits[cap] ? null : problem("limitReached", { limit: cap, value: clusterLimits[cap] });
}

export function problem(reason: CommandProblem["reason"], params: CommandProblem["params"]): CommandProblem {
  return { reason, params };
}

export function range(name: string, value: number, min: number, max: number, isFine = true): CommandProblem | null {
  return isFine && Number.isFinite(value) && value >= min && value <= max ? null : problem("valueInvalid", { name, value, min, max });
}

/** For each config that is being changed: the changed value it had, or null for its default. */
export function formerConfigs(changing: Configs, former: Configs): Configs {
  return Object.fromEntries(Object.keys(changing).map((name) => [name, Object.hasOwn(former, name) ? (former[name] ?? null) : null]));
}
