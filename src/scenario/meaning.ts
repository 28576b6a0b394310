import type { Configs } from "../core/kafka/configs";
import type { QueueArguments } from "../core/queue/amqp/arguments";
import type { AmqpSpec } from "../core/world/spec";
import { clusterLimits } from "../core/kafka/limits";
import { commandProblem } from "./commandKinds";
import { configsProblem, first, partProblem, takenProblem } from "./partProblems";
import { invalid, type ScenarioProblem } from "./problem";
import type { Scenario, SharedRun } from "./scenario";

/** What is wrong with a scenario whose parts all have the right kinds: configs, names given twice, and references to what is not there. */
export function scenarioMeaningProblem(scenario: Scenario): ScenarioProblem | null {
  const { topics, producers, groups, consumers, brokerConfigs, amqp } = scenario;
  const topicNames = topics.map(({ name }) => name);
  const groupIds = groups.map(({ groupId }) => groupId);
  const clients = [...paths("producers", producers), ...paths("consumers", consumers)].map(({ path, spec }) => ({ path: `${path}.clientId`, name: spec.clientId }));
  const receivers = (amqp?.receivers ?? []).map(({ name }, at) => ({ path: `amqp.receivers.${at}.name`, name }));
  return (
    configsProblem("broker", "brokerConfigs", brokerConfigs) ??
    internalTopicProblem(brokerConfigs) ??
    takenProblem(topicNames.map((name, at) => ({ path: `topics.${at}.name`, name }))) ??
    takenProblem(groupIds.map((name, at) => ({ path: `groups.${at}.groupId`, name }))) ??
    takenProblem([...clients, ...receivers]) ??
    first(paths("topics", topics), ({ path, spec }) => configsProblem("topic", `${path}.configs`, spec.configs)) ??
    first(paths("producers", producers), ({ path, spec }) => partProblem("producer", path, spec)) ??
    first(paths("groups", groups), ({ path, spec }) => partProblem("consumer", path, spec)) ??
    first(paths("consumers", consumers), ({ path, spec }) => unknownName(`${path}.groupId`, "group", spec.groupId, groupIds)) ??
    (amqp ? amqpProblem(amqp) : null)
  );
}

/** What is declared in the RabbitMQ broker: names given twice, references to what is not there, and arguments that need another. */
function amqpProblem({ exchanges, queues, receivers }: AmqpSpec): ScenarioProblem | null {
  const [exchangeNames, queueNames] = [exchanges.map(({ name }) => name), queues.map(({ name }) => name)];
  return (
    takenProblem(exchangeNames.map((name, at) => ({ path: `amqp.exchanges.${at}.name`, name }))) ??
    takenProblem(queueNames.map((name, at) => ({ path: `amqp.queues.${at}.name`, name }))) ??
    first(paths("amqp.queues", queues), ({ path, spec }) => first(paths(`${path}.bindings`, spec.bindings), (binding) => unknownName(`${binding.path}.exchange`, "exchange", binding.spec.exchange, exchangeNames))) ??
    first(paths("amqp.queues", queues), ({ path, spec }) => queueArgumentsProblem(`${path}.arguments`, spec.arguments)) ??
    first(paths("amqp.receivers", receivers), ({ path, spec }) => unknownName(`${path}.queue`, "queue", spec.queue, queueNames))
  );
}

/** A routing key for dead letters needs an exchange that leads them. */
function queueArgumentsProblem(path: string, given: QueueArguments): ScenarioProblem | null {
  const lacks = given["x-dead-letter-routing-key"] !== undefined && given["x-dead-letter-exchange"] === undefined;
  return lacks ? invalid(`${path}.x-dead-letter-exchange`, "missing") : null;
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

/** Kafka knows no bound for the partitions that the broker makes by itself, but here every count has a cap. */
function internalTopicProblem(configs: Configs): ScenarioProblem | null {
  const max = clusterLimits.maxPartitionsPerTopic;
  const name = ["num.partitions", "offsets.topic.num.partitions"].find((config) => Number(configs[config] ?? 1) > max);
  return name === undefined ? null : invalid(`brokerConfigs.${name}`, "max", { name, max });
}

function unknownName(path: string, kind: "group" | "exchange" | "queue", name: string, known: readonly string[]): ScenarioProblem | null {
  return known.includes(name) ? null : invalid(path, "unknown", { kind, name });
}

function paths<Spec>(path: string, specs: readonly Spec[]): readonly { readonly path: string; readonly spec: Spec }[] {
  return specs.map((spec, at) => ({ path: `${path}.${at}`, spec }));
}
