import { startAdmin } from "./actors/admin";
import { startBroker } from "./actors/broker";
import { startNewConsumer } from "./actors/consumer";
import { startProducer } from "./actors/producer";
import { emptyCluster, type Cluster } from "./cluster";
import { createTopic } from "./commands/createTopic";
import { startSampling } from "./kernel/run";
import type { ClusterSpec } from "./spec";
import { putSpec } from "./topology";

type Boot = (cluster: Cluster, spec: ClusterSpec) => void;

/** What parts that are loaded later do for a world that begins with them. It belongs to no world. */
const otherBoots: Boot[] = [];

/** Adds what a part does when a world begins; a chunk that is loaded later adds its own then. */
export function addBoot(boot: Boot): void {
  otherBoots.push(boot);
}

/** A world at virtual time 0: its brokers are up, its topics are asked for, and its clients started, in the order of the spec. */
export function bootCluster(spec: ClusterSpec): Cluster {
  const cluster = emptyCluster(spec);
  const { bootstrap, topics, producers, groups, consumers } = cluster.topology;
  for (const nodeId of bootstrap) startBroker(cluster, nodeId);
  startAdmin(cluster);
  for (const boot of otherBoots) boot(cluster, spec);
  for (const topic of spec.topics) {
    putSpec(topics, topic.name, topic);
    createTopic.perform(cluster, { type: "createTopic", topic }, cluster.topology);
  }
  for (const group of spec.groups) putSpec(groups, group.groupId, group);
  for (const producer of spec.producers) {
    putSpec(producers, producer.clientId, producer);
    startProducer(cluster, producer);
  }
  for (const consumer of spec.consumers) {
    putSpec(consumers, consumer.clientId, consumer);
    startNewConsumer(cluster, consumer);
  }
  cluster.watch.said = null;
  startSampling(cluster);
  return cluster;
}
