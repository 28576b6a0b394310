import { startNewConsumer, startProducer } from "./actors";
import { emptyCluster, type Cluster } from "./cluster";
import { startSampling } from "./run";
import type { ClusterSpec } from "./spec";
import { createTopic } from "./submit";
import { applyToTopology } from "./topology";

/** A world at virtual time 0: its topics are asked for, and its clients started, in the order of the spec. */
export function bootCluster(spec: ClusterSpec): Cluster {
  const cluster = emptyCluster(spec);
  const { topology } = cluster;
  for (const topic of spec.topics) {
    applyToTopology(topology, { type: "createTopic", topic });
    createTopic(cluster, topic);
  }
  for (const group of spec.groups) applyToTopology(topology, { type: "addGroup", group });
  for (const producer of spec.producers) {
    applyToTopology(topology, { type: "addProducer", producer });
    startProducer(cluster, producer);
  }
  for (const consumer of spec.consumers) {
    applyToTopology(topology, { type: "addConsumer", consumer });
    startNewConsumer(cluster, consumer);
  }
  cluster.watch.said = null;
  startSampling(cluster);
  return cluster;
}
