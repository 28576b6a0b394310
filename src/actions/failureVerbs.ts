import type { Processing } from "../core/apps/program";
import type { ClusterImage } from "../core/picture/image";
import type { Command } from "../core/world/command";
import type { FailureVerb, Scenario } from "../scenario/scenario";
import { kindNamed } from "./entities/kindTable";

/** What the buttons of scenes with RabbitMQ, and with programs that fail, do. */
export function failureCommands(verb: FailureVerb | "startReaders", image: ClusterImage, beginning: Pick<Scenario, "consumers" | "amqp">): readonly Command[] {
  return verb === "startReaders" ? startReaders(image, beginning) : verbs[verb](image);
}

const verbs: { readonly [Verb in FailureVerb]: (image: ClusterImage) => readonly Command[] } = {
  killReceiver: ({ receivers }) => [...receivers.keys()].slice(0, 1).map((receiver) => ({ type: "removeReceiver", receiver, how: "kill" })),
  killReaders,
  killAmqpBroker: () => [{ type: "stopAmqpBroker", how: "kill" }],
  addSubscriber,
  limitPrefetch: ({ receivers }) => [...receivers.values()].filter(({ spec }) => spec.prefetchCount !== 1).map(({ spec }) => ({ type: "alterReceiver", receiver: spec.name, settings: { prefetchCount: 1, noAck: false } })),
  mendPrograms: (image) => changePrograms(image, ({ failure: _failure, ...rest }) => rest),
  setAside,
};

/** The first living reader of every group and of every queue. */
function killReaders({ groups, queues, consumers }: ClusterImage): readonly Command[] {
  const living = (clientId: string): boolean => consumers.get(clientId)?.phase !== "crashed";
  return [
    ...[...groups.values()].flatMap((group) => group.consumers.filter(living).slice(0, 1)).map((clientId) => ({ type: "removeConsumer", clientId, how: "crash" }) as const),
    ...[...queues.values()].flatMap((queue) => queue.receivers.slice(0, 1)).map((receiver) => ({ type: "removeReceiver", receiver, how: "kill" }) as const),
  ];
}

/** Those of the beginning; or, where nothing is left of whom they read, a receiver or a consumer. */
function startReaders(image: ClusterImage, { consumers, amqp }: Pick<Scenario, "consumers" | "amqp">): readonly Command[] {
  const commands: Command[] = [
    ...consumers.filter(({ clientId, groupId }) => image.groups.has(groupId) && (image.consumers.get(clientId)?.phase ?? "crashed") === "crashed").map((consumer) => ({ type: "addConsumer", consumer }) as const),
    ...(amqp?.receivers ?? []).filter(({ name, queue }) => image.queues.has(queue) && !image.receivers.has(name)).map((receiver) => ({ type: "addReceiver", receiver }) as const),
  ];
  return commands.length > 0 ? commands : (kindNamed(image.queues.size > 0 ? "receiver" : "consumer")?.addition?.make(image, []).commands ?? []);
}

/** One more at the first exchange; and beside it a group that reads the topic, so that the two can be compared. */
function addSubscriber(image: ClusterImage): readonly Command[] {
  const [exchange] = image.exchanges.keys();
  const subscriber = exchange === undefined ? [] : (kindNamed("queue")?.addition?.make(image, [], exchange).commands ?? []);
  return [...subscriber, ...(image.groups.size > 0 ? (kindNamed("group")?.addition?.make(image, []).commands ?? []) : [])];
}

/** What a program throws, or dies of, is caught: what it cannot process it sends to a dead-letter topic, or rejects. */
function setAside(image: ClusterImage): readonly Command[] {
  const [topic = ""] = [...image.groups.values()].flatMap(({ spec }) => spec.topics);
  const deadLetters = `${topic}.dlt`;
  const needsTopic = !image.topics.has(deadLetters) && [...image.consumers.values()].some(({ spec }) => spec.processing.failure);
  return [
    ...(needsTopic ? [{ type: "createTopic", topic: { name: deadLetters, partitions: 1, configs: {} } } as const] : []),
    ...changePrograms(image, (processing, client) => ({ ...processing, failure: { ...processing.failure, how: "throw" }, rescue: { retries: 1, backoffMs: 500, ...(client === "consumer" ? { giveUp: "forward", topics: [deadLetters] } : { giveUp: "reject" }) } })),
  ];
}

/** Changes what the programs do that fail. */
function changePrograms({ consumers, receivers }: ClusterImage, change: (processing: Processing, client: "consumer" | "receiver") => Processing): readonly Command[] {
  return [
    ...[...consumers.values()].flatMap(({ spec }) => (spec.processing.failure ? [{ type: "alterConsumer", clientId: spec.clientId, processing: change(spec.processing, "consumer") } as const] : [])),
    ...[...receivers.values()].flatMap(({ spec }) => (spec.processing.failure ? [{ type: "alterReceiver", receiver: spec.name, processing: change(spec.processing, "receiver") } as const] : [])),
  ];
}
