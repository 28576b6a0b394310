import type { ClusterSpec } from "../core/world/spec";
import type { Scenario } from "../scenario/scenario";

/**
 * The scenario that would begin as the world is wired now: the document's words and places, the topology of this moment. What its author says
 * of it stays as long as all that it may speak of is there.
 */
export function currentScenario(document: Scenario, spec: ClusterSpec): Scenario {
  const now: Scenario = { ...document, ...spec };
  const names = new Set(namesIn(now));
  return namesIn(document).every((name) => names.has(name)) ? now : { ...now, description: "" };
}

function namesIn({ topics, producers, groups, consumers, amqp }: Scenario): readonly string[] {
  const { exchanges = [], queues = [], receivers = [] } = amqp ?? {};
  return [
    ...topics.map(({ name }) => `topic ${name}`),
    ...groups.map(({ groupId }) => `group ${groupId}`),
    ...[...producers, ...consumers].map(({ clientId }) => `client ${clientId}`),
    ...exchanges.map(({ name }) => `exchange ${name}`),
    ...queues.map(({ name }) => `queue ${name}`),
    ...receivers.map(({ name }) => `receiver ${name}`),
  ];
}
