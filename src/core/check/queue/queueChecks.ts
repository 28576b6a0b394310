import { addQueuePart } from "../../world/queuePart";
import { addActorPart } from "../actorPart";
import { amqpBrokerPart } from "./amqpBrokerPart";
import { publisherPart, receiverPart } from "./programParts";

/** Adds what the checks know of the RabbitMQ broker and its programs, with the part of the core that these are. */
export function addQueueParts(): void {
  addQueuePart();
  addActorPart("amqpBroker", amqpBrokerPart);
  addActorPart("publisher", publisherPart);
  addActorPart("receiver", receiverPart);
}
