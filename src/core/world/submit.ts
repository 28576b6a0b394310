import { closeConsumer } from "../clients/consumer/handle";
import { changeApplication, changeProducerConfigs, closeProducer } from "../clients/producer/handle";
import { BOOTSTRAP_NODE, connection } from "../clients/client";
import type { ApiRequest } from "../kafka/api";
import { formatConfigValue, type Configs } from "../kafka/configs";
import type { ActorId } from "../sim/message";
import { clientContext, removeClient, startNewConsumer, startProducer } from "./actors";
import { ADMIN_CLIENT_ID, clientOf, type Cluster } from "./cluster";
import type { Command, CommandProblem } from "./command";
import { deliverAsSteps, deliveryMode, rememberArrangement, restoreOrder } from "./deliverAs";
import { guardLogBytes } from "./logCap";
import { sendMessage } from "./post";
import type { ConsumerSpec, DeliveryMode, TopicSpec } from "./spec";
import { applyToTopology, type SingleCommand } from "./topology";
import { validateCommand } from "./validateCommand";
import { noteCrash } from "../watch/crashed";
import type { RebalanceCause } from "../watch/watch";
import { say } from "../watch/say";
import { sayMode } from "../watch/sayMode";

/** Does what a person asked for, now. A refused command changes nothing and says why. */
export function submit(cluster: Cluster, command: Command): CommandProblem | null {
  const problem = validateCommand(cluster.topology, command);
  if (problem) return problem;
  if (command.type === "deliverAs") {
    deliverAs(cluster, command.mode);
    return null;
  }
  perform(cluster, command);
  return null;
}

/** Folds the command into the topology and carries it out with the clients and the admin client; `cause` names why a group will rebalance. */
function perform(cluster: Cluster, command: SingleCommand, cause?: RebalanceCause): void {
  const { topology } = cluster;
  const before = { producers: new Map(topology.producers), groups: new Map(topology.groups) };
  applyToTopology(topology, command);
  switch (command.type) {
    case "createTopic":
      return createTopic(cluster, command.topic);
    case "deleteTopic":
      return deleteTopic(cluster, command.topic);
    case "createPartitions":
      admin(cluster, { api: "CreatePartitions", timeoutMs: 30_000, topics: [{ name: command.topic, count: command.count }] });
      for (const { groupId } of topology.groups.values()) if (isReadBy(cluster, groupId, command.topic)) cluster.watch.causes.set(groupId, { kind: "partitions", subject: command.topic });
      return say(cluster, "partitions.added", { topic: command.topic, partitions: command.count }, { marker: "info" });
    case "alterTopicConfigs":
      alterTopicConfigs(cluster, command.topic, command.configs);
      return say(cluster, "topic.changed", { topic: command.topic, configs: Object.keys(command.configs).join(", ") }, { marker: "info" });
    case "addProducer":
      startProducer(cluster, command.producer);
      return say(cluster, "producer.added", { producer: command.producer.clientId, topic: command.producer.topics.join(", ") }, { marker: "info" });
    case "removeProducer":
      withClient(cluster, "producer", command.clientId, (producer, id) => closeProducer(producer, clientContext(cluster, id)));
      return say(cluster, "producer.removed", { producer: command.clientId }, { marker: "info" });
    case "alterProducer":
      alterProducer(cluster, command);
      return sayProducerChange(cluster, command, before.producers.get(command.clientId)?.topics ?? []);
    case "addGroup":
      return say(cluster, "group.added", { group: command.group.groupId }, { marker: "info" });
    case "removeGroup":
      return say(cluster, "group.removed", { group: command.groupId }, { marker: "info" });
    case "alterGroup":
      restartMembers(cluster, command.groupId);
      return sayGroupChange(cluster, command, before.groups.get(command.groupId)?.topics ?? []);
    case "addConsumer":
      return addConsumer(cluster, command.consumer);
    case "removeConsumer":
      return removeConsumer(cluster, command.clientId, command.how);
    case "moveConsumer":
      return moveConsumer(cluster, command.clientId, command.groupId, cause ?? { kind: "moved", subject: command.clientId });
    case "alterConsumer":
      withClient(cluster, "consumer", command.clientId, (consumer) => void (consumer.processing = command.processing));
      return say(cluster, "consumer.changed", { consumer: command.clientId, ms: command.processing.timeMs }, { marker: "info" });
  }
}

export function createTopic(cluster: Cluster, topic: TopicSpec): void {
  const { topicIndexes } = cluster.watch;
  topicIndexes.set(topic.name, 1 + Math.max(-1, ...topicIndexes.values()));
  const configs = Object.entries(topic.configs).map(([name, value]) => ({ name, value: formatConfigValue(value) }));
  admin(cluster, { api: "CreateTopics", timeoutMs: 30_000, topics: [{ name: topic.name, numPartitions: topic.partitions, replicationFactor: 1, configs }] });
  say(cluster, "topic.created", { topic: topic.name, partitions: topic.partitions }, { marker: "info" });
}

function deleteTopic(cluster: Cluster, name: string): void {
  admin(cluster, { api: "DeleteTopics", timeoutMs: 30_000, topicNames: [name] });
  guardLogBytes(cluster);
  say(cluster, "topic.deleted", { topic: name }, { marker: "bad" });
}

function isReadBy(cluster: Cluster, groupId: string, topic: string): boolean {
  for (const actor of cluster.actors.values()) if (actor.kind === "consumer" && actor.groupId === groupId && actor.topics.includes(topic)) return true;
  return false;
}

function alterTopicConfigs(cluster: Cluster, topic: string, changed: Configs): void {
  const configs = Object.entries(changed).map(([name, value]) => ({ name, configOperation: value === null ? 1 : 0, value: formatConfigValue(value) }));
  admin(cluster, { api: "IncrementalAlterConfigs", resources: [{ resourceType: "TOPIC", resourceName: topic, configs }] });
}

function alterProducer(cluster: Cluster, command: Extract<Command, { type: "alterProducer" }>): void {
  const { topics, source, configs } = command;
  const spec = cluster.topology.producers.get(command.clientId);
  withClient(cluster, "producer", command.clientId, (producer, id) => {
    const context = clientContext(cluster, id);
    if (!spec) return;
    if (topics || source) changeApplication(producer, context, { ...(topics && { topics }), ...(source && { source: spec.source }) });
    if (configs) changeProducerConfigs(producer, context, spec.configs);
  });
}

function addConsumer(cluster: Cluster, spec: ConsumerSpec): void {
  cluster.watch.causes.set(spec.groupId, { kind: "joined", subject: spec.clientId });
  startNewConsumer(cluster, spec);
  say(cluster, "member.joined", { consumer: spec.clientId, group: spec.groupId }, { marker: "info" });
}

function removeConsumer(cluster: Cluster, clientId: string, how: "close" | "crash"): void {
  withClient(cluster, "consumer", clientId, (consumer, id) => {
    const { groupId } = consumer;
    cluster.watch.causes.set(groupId, { kind: how === "crash" ? "crashed" : "left", subject: clientId });
    // Its name is free at once: what closes in order finishes without it.
    cluster.actorsByClientId.delete(clientId);
    if (how === "close") {
      closeConsumer(consumer, clientContext(cluster, id), "close");
      return say(cluster, "member.left", { consumer: clientId, group: groupId }, { marker: "info" });
    }
    noteCrash(cluster, consumer, id);
    removeClient(cluster, id);
    say(cluster, "member.crashed", { consumer: clientId, group: groupId }, { marker: "bad" });
  });
}

function moveConsumer(cluster: Cluster, clientId: string, groupId: string, cause: RebalanceCause): void {
  withClient(cluster, "consumer", clientId, (consumer, id) => {
    if (consumer.groupId === groupId && consumer.closing === null) return;
    cluster.watch.causes.set(consumer.groupId, cause);
    cluster.watch.causes.set(groupId, cause);
    closeConsumer(consumer, clientContext(cluster, id), "restart");
    if (cause.kind !== "mode") say(cluster, "member.joined", { consumer: clientId, group: groupId }, { marker: "info" });
  });
}

/** Every member stops in order and starts again with what its group says now. */
function restartMembers(cluster: Cluster, groupId: string): void {
  cluster.watch.causes.set(groupId, { kind: "restarted", subject: groupId });
  for (const [id, actor] of [...cluster.actors]) {
    if (actor.kind === "consumer" && actor.groupId === groupId && actor.closing === null) closeConsumer(actor, clientContext(cluster, id), "restart");
  }
}

/** What changed of a producer, the wiring first. */
function sayProducerChange(cluster: Cluster, { clientId: producer, topics, source, configs }: Extract<Command, { type: "alterProducer" }>, before: readonly string[]): void {
  const spec = cluster.topology.producers.get(producer);
  const [added] = (topics ?? []).filter((topic) => !before.includes(topic));
  const [gone] = topics ? before.filter((topic) => !topics.includes(topic)) : [];
  if (added !== undefined) say(cluster, "producer.wired", { producer, topic: added, topics: spec?.topics.length ?? 0 }, { marker: "info" });
  else if (gone !== undefined) say(cluster, "producer.unwired", { producer, topic: gone }, { marker: "info" });
  else if (source?.ratePerSecond !== undefined) say(cluster, "producer.rate", { producer, rate: source.ratePerSecond }, { marker: "info" });
  else if (configs) say(cluster, "producer.restarted", { producer, configs: Object.keys(configs).join(", ") }, { marker: "info" });
  else say(cluster, "producer.changed", { producer }, { marker: "info" });
}

/** What changed of a group, for all of its members. */
function sayGroupChange(cluster: Cluster, { groupId: group, topics, configs = {} }: Extract<Command, { type: "alterGroup" }>, before: readonly string[]): void {
  const [added] = (topics ?? []).filter((topic) => !before.includes(topic));
  const [gone] = topics ? before.filter((topic) => !topics.includes(topic)) : [];
  if (added !== undefined) say(cluster, "group.subscribed", { group, topic: added }, { marker: "info" });
  else if (gone !== undefined) say(cluster, "group.unsubscribed", { group, topic: gone }, { marker: "info" });
  else say(cluster, "group.changed", { group, configs: Object.keys(configs).join(", ") }, { marker: "info" });
}

function deliverAs(cluster: Cluster, mode: DeliveryMode): void {
  const { topology } = cluster;
  const steps = deliverAsSteps(topology, mode);
  if (steps.length === 0 && mode === deliveryMode(topology)) return;
  // With one consumer there is no difference to make.
  if (steps.length === 0 && mode === "pubsub") return say(cluster, "mode.same", {});
  if (mode !== deliveryMode(topology)) rememberArrangement(topology, steps);
  for (const step of steps) perform(cluster, step, { kind: "mode", subject: mode });
  restoreOrder(topology, mode);
  sayMode(cluster, mode, steps.flatMap((step) => (step.type === "removeGroup" ? [step.groupId] : [])), { marker: "info" });
}

function admin(cluster: Cluster, request: ApiRequest): void {
  const broker = cluster.actorsByNodeId.get(BOOTSTRAP_NODE) as ActorId;
  sendMessage(cluster, cluster.actorsByClientId.get(ADMIN_CLIENT_ID) as ActorId, broker, connection.data, request, null);
}

function withClient<Kind extends "producer" | "consumer">(
  cluster: Cluster,
  kind: Kind,
  clientId: string,
  act: (client: NonNullable<ReturnType<typeof clientOf<Kind>>>["client"], id: ActorId) => void,
): void {
  const found = clientOf(cluster, kind, clientId);
  if (found) act(found.client, found.id);
}
