import { recordsIn } from "../../clients/producer/accumulator";
import { keyOfDecision, newestDecisions } from "../../clients/producer/decisions";
import { isProducer, type Producer } from "../../clients/producer/producer";
import { toPositive } from "../../kafka/murmur2";
import { keyColour } from "../../watch/keys";
import { clientOf, type Cluster } from "../../world/cluster";
import type { EntityKind } from "../entityKind";
import type { ProducerImage } from "../image";
import { withKnown } from "../isAlike";
import { missingOf } from "../missing";
import { isLookedAt } from "../scene";

export const producerEntity: EntityKind<ProducerImage> = {
  field: "producers",
  ids: ({ cluster }) => [...cluster.topology.producers.keys()],
  // What it sends by itself is no event. Its decisions have the colours of keys, which the next new key may still change.
  stamp: (scene, clientId) => {
    const { cluster } = scene;
    const client = clientOf(cluster, isProducer, clientId)?.client;
    return [isLookedAt(scene, "producers", clientId), cluster.touched.get(cluster.actorsByClientId.get(clientId) ?? -1), client?.sent, client?.made, cluster.watch.keys.size];
  },
  project: (scene, clientId, before) => {
    const { cluster } = scene;
    const found = clientOf(cluster, isProducer, clientId);
    const spec = cluster.topology.producers.get(clientId);
    if (!found || !spec) return null;
    const { client, id } = found;
    let buffered = 0;
    for (const batches of client.accumulator.values()) for (const batch of batches) buffered += recordsIn(batch);
    return {
      spec,
      actor: id,
      // Who only publishes to RabbitMQ sends as many as its application has made.
      sent: client.topics.length > 0 ? client.sent : client.made,
      acknowledged: client.acknowledged,
      failed: client.failed,
      buffered,
      requestsInFlight: client.inFlight.size,
      decisions: isLookedAt(scene, "producers", clientId) ? withKnown(decisionImages(cluster, client), before?.decisions ?? []) : [],
      why: missingOf(cluster, client.topics),
    };
  },
};

function decisionImages(cluster: Cluster, producer: Producer): ProducerImage["decisions"] {
  return newestDecisions(producer).map((decision) => {
    const { topic, partition, partitions, hash, stickyBytes } = decision;
    const key = keyOfDecision(decision);
    const on = { topic, key, colour: keyColour(cluster.watch.keys, key), partition, partitions };
    return hash === null ? { ...on, hash, stickyBytes, batchSizeInBytes: producer.config.batchSize } : { ...on, hash, positive: toPositive(hash) };
  });
}
