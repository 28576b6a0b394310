import { addActorPart } from "./actorPart";
import { brokerPart } from "./kinds/broker";
import { consumerPart } from "./kinds/consumer";
import { producerPart } from "./kinds/producer";

/** Adds what the checks know of the kinds of actors that every world may have. */
export function addOwnActorParts(): void {
  addActorPart("broker", brokerPart);
  addActorPart("producer", producerPart);
  addActorPart("consumer", consumerPart);
}
