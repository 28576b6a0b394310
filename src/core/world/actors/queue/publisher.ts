import { changeApplication } from "../../../clients/producer/handle";
import { isProducer } from "../../../clients/producer/producer";
import type { BrokerMethod } from "../../../queue/amqp/method";
import { changePublisher, closePublisher, handlePublisherDisconnect, handlePublisherMethod, handlePublisherTimer, isPublisher, newPublisher, publishRecord, startPublisher, type Publisher } from "../../../queue/clients/publisher";
import type { ActorId } from "../../../sim/message";
import type { ActorKind } from "../../actorKind";
import { addActor, clientOf, type Cluster } from "../../cluster";
import type { PublishesSpec } from "../../spec";
import { producerContext, type Companion } from "../producer";
import { amqpBrokerId, programContext } from "./program";

export const publisherKind: ActorKind<Publisher> = {
  kind: "publisher",
  nameOf: ({ name }) => name,
  onMessage: (cluster, id, publisher, { body }) => handlePublisherMethod(publisher, programContext(cluster, id), body as BrokerMethod), // programs get these only
  onTimer: (cluster, id, publisher, timer) => handlePublisherTimer(publisher, programContext(cluster, id), timer),
  onDisconnect: (cluster, id, publisher, other) => other === amqpBrokerId(cluster) && handlePublisherDisconnect(publisher, programContext(cluster, id)),
  onRecord: (cluster, id, publisher, record) => publishRecord(publisher, programContext(cluster, id), record),
};

/** What a producer's application publishes, beside what it produces. */
export const publishing: Companion = {
  start: (cluster, { clientId, publishes }) => setPublishes(cluster, clientId, publishes ?? null),
  end: (cluster, clientId) => setPublishes(cluster, clientId, null),
};

/** Another wiring while it runs: the source makes records for whoever has an end for them. */
export function changePublishes(cluster: Cluster, clientId: string, publishes: PublishesSpec | null): void {
  setPublishes(cluster, clientId, publishes);
  const found = clientOf(cluster, isProducer, clientId);
  if (!found) return;
  found.client.hasOtherClients = publishes !== null;
  changeApplication(found.client, producerContext(cluster, found.id), {});
}

/** The application of a producer publishes this from now on; null ends it. */
function setPublishes(cluster: Cluster, clientId: string, publishes: PublishesSpec | null): void {
  const known = cluster.publishers.get(clientId);
  const publisher = known === undefined ? undefined : cluster.actors.get(known);
  if (known !== undefined && isPublisher(publisher)) {
    const context = programContext(cluster, known);
    if (publishes) return changePublisher(publisher, context, publishes, publishes.targets, exchangesOf(cluster, publishes));
    cluster.publishers.delete(clientId);
    return closePublisher(publisher, context);
  }
  if (publishes) begin(cluster, clientId, publishes);
}

function begin(cluster: Cluster, clientId: string, publishes: PublishesSpec): void {
  const publisher = newPublisher(clientId, publishes, publishes.targets, exchangesOf(cluster, publishes));
  const id: ActorId = addActor(cluster, publisher);
  cluster.publishers.set(clientId, id);
  startPublisher(publisher, programContext(cluster, id));
}

function exchangesOf({ topology: { amqp } }: Cluster, { targets }: PublishesSpec) {
  return targets.flatMap(({ exchange }) => amqp?.exchanges.get(exchange) ?? []);
}
