import { addActorKind } from "./actorKind";
import { adminKind } from "./actors/admin";
import { brokerKind } from "./actors/broker";
import { consumerKind, restartConsumer } from "./actors/consumer";
import { producerKind } from "./actors/producer";
import { supervise, supervisorKind } from "./actors/supervisor";

/** Adds the kinds of actors that every world may have from its beginning. */
export function addOwnActorKinds(): void {
  addActorKind(brokerKind);
  addActorKind(producerKind);
  addActorKind(consumerKind);
  addActorKind(adminKind);
  addActorKind(supervisorKind);
  supervise("consumer", restartConsumer);
}
