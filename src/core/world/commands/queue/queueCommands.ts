import { addReceiver } from "./addReceiver";
import { alterPublishes } from "./alterPublishes";
import { alterReceiver } from "./alterReceiver";
import { bindQueue, unbindQueue } from "./bindQueue";
import { declareExchange } from "./declareExchange";
import { declareQueue } from "./declareQueue";
import { deleteExchange } from "./deleteExchange";
import { deleteQueue } from "./deleteQueue";
import { freezeReceiver } from "./freezeReceiver";
import { purgeQueue } from "./purgeQueue";
import { redeclareQueue } from "./redeclareQueue";
import { removeReceiver } from "./removeReceiver";
import { startAmqpBroker, stopAmqpBroker } from "./stopAmqpBroker";

/** What a person can do to the RabbitMQ broker and its programs. */
export const queueCommands = [
  declareExchange,
  deleteExchange,
  declareQueue,
  deleteQueue,
  purgeQueue,
  redeclareQueue,
  bindQueue,
  unbindQueue,
  addReceiver,
  removeReceiver,
  alterReceiver,
  freezeReceiver,
  alterPublishes,
  stopAmqpBroker,
  startAmqpBroker,
];
