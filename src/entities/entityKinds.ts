import type { EntityKind } from "../actions/entities/entityKind";
import type { LaterKinds } from "../actions/entities/kindTable";
import { ExchangeIcon, QueueIcon, ReceiverIcon } from "../ui/icons";
import { consumerKind } from "./consumer/consumer";
import { groupKind } from "./group/group";
import { producerKind } from "./producer/producer";
import { topicKind } from "./topic/topic";

/** The kinds of entities there are, each one folder beside this file, in the order in which records go. */
export const entityKinds: readonly EntityKind[] = [producerKind, topicKind, groupKind, consumerKind];

/** Those of RabbitMQ come when a picture has one, or somebody adds one. */
export const laterKinds: LaterKinds = {
  offers: [
    { name: "queue", icon: QueueIcon, word: "shell.classicQueue", label: "action.addQueue" },
    { name: "exchange", icon: ExchangeIcon, word: "shell.exchange", label: "action.addExchange" },
    { name: "receiver", icon: ReceiverIcon, word: "shell.receiver", label: "action.addReceiver" },
  ],
  isNeeded: ({ isAmqpUp }) => isAmqpUp !== null,
  load: async () => (await import("./queueKinds")).loadQueueKinds(),
};
