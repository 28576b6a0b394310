import { isBroker } from "../../broker/broker";
import type { ActorId } from "../../sim/message";
import { cut, heal, loseMessages } from "../../sim/network";
import { nextBelow, type RandomStream } from "../../sim/random";
import { actorsOf, type Cluster } from "../../world/cluster";
import { breakConnection } from "../../world/kernel/disconnect";
import { pick } from "./randomSpecs";

const CONNECTIONS = 2;

/** Something goes wrong with the network: a connection breaks, a pair is cut off from each other for a while, or messages are lost. */
export function randomFault(cluster: Cluster, random: RandomStream): void {
  const brokers = Array.from(actorsOf(cluster, isBroker), ([id]) => id);
  const clients = [...cluster.actors.keys()].filter((id) => !brokers.includes(id));
  const client = pick(random, clients);
  const broker = pick(random, brokers);
  switch (nextBelow(random, 5)) {
    case 0:
    case 1:
      return breakConnection(cluster, client, broker, nextBelow(random, CONNECTIONS));
    case 2:
      return cut(cluster.network, client, broker, cluster.nowUs + pick(random, [50_000, 400_000, 2_000_000, 8_000_000]));
    case 3:
      return loseMessages(cluster.network, pick(random, [0, 2, 20, 100]));
    default:
      return loseMessages(cluster.network, 0);
  }
}

/** The network is well again: connections that nothing comes through any more are closed, so that nobody waits on them until its time is over. */
export function endFaults(cluster: Cluster): void {
  for (const [one, other, connection] of heal(cluster.network)) breakConnection(cluster, one as ActorId, other as ActorId, connection);
}
