import type { EntityKind } from "../actions/entities/entityKind";
import { loadWords } from "../i18n/t";
import { consumerKind } from "./consumer/consumer";
import { exchangeKind } from "./exchange/exchange";
import { groupKind } from "./group/group";
import { producerKind } from "./producer/producer";
import { publishingWires } from "./queue/publishing";
import { queueKind } from "./queue/queue";
import { receiverKind } from "./receiver/receiver";
import { topicKind } from "./topic/topic";

/** All kinds, with those of RabbitMQ, to which producers are wired, too. */
export const kindsWithQueues: readonly EntityKind[] = [
  { ...producerKind, panel: async () => (await import("./queuePanels")).queuePanels.producer, wires: [...publishingWires, ...producerKind.wires, { to: "receiver", connect: () => "producerToReceiver", disconnect: () => "noWire" }] },
  // What is compared is looked at first.
  { ...topicKind, home: (image) => (image.queues.size > 0 ? null : (topicKind.home?.(image) ?? null)), wires: [...topicKind.wires, { to: "receiver", connect: () => "topicToReceiver", disconnect: () => "noWire" }] },
  exchangeKind,
  queueKind,
  groupKind,
  consumerKind,
  receiverKind,
];

/** With their words. */
export async function loadQueueKinds(): Promise<readonly EntityKind[]> {
  await loadWords("queues");
  return kindsWithQueues;
}
