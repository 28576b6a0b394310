import { amqpPassage } from "../picture/amqpMessages";
import type { EntityKind } from "../picture/entityKind";
import { columnEntity } from "../picture/entities/queue/column";
import { exchangeEntity } from "../picture/entities/queue/exchange";
import { queueEntity } from "../picture/entities/queue/queue";
import { receiverEntity } from "../picture/entities/queue/receiver";
import { addPassageReader } from "../picture/messages";
import { addEntityKind } from "../picture/project";
import { addDescriber } from "../watch/describe";
import { describePassed } from "../watch/queue/describePassed";
import { describeQueues } from "../watch/queue/describeQueues";
import { addActorKind } from "./actorKind";
import { addCompanion } from "./actors/producer";
import { amqpBrokerKind } from "./actors/queue/amqpBroker";
import { declarerKind } from "./actors/queue/declarer";
import { publisherKind, publishing } from "./actors/queue/publisher";
import { receiverKind, restartReceiver } from "./actors/queue/receiver";
import { bootAmqp } from "./actors/queue/start";
import { supervise } from "./actors/supervisor";
import { addBoot } from "./boot";
import { addCommand } from "./command";
import type { AnyCommand, CommandKind } from "./commandKind";
import { queueCommands } from "./commands/queue/queueCommands";

let isAdded = false;

/** Adds the RabbitMQ broker and its programs, once: when a world has one, or is to get one, and never before. */
export function addQueuePart(): void {
  if (isAdded) return;
  isAdded = true;
  addActorKind(amqpBrokerKind);
  addActorKind(declarerKind);
  addActorKind(publisherKind);
  addActorKind(receiverKind);
  supervise("receiver", restartReceiver);
  for (const kind of queueCommands) addCommand(kind as unknown as CommandKind<AnyCommand>); // each by its own type
  for (const kind of [exchangeEntity, queueEntity, receiverEntity, columnEntity]) addEntityKind(kind as EntityKind<unknown>); // each draws its own
  addPassageReader(amqpPassage);
  addBoot(bootAmqp);
  addDescriber("trouble", describePassed);
  addDescriber("scene", describeQueues);
  addCompanion(publishing);
}
