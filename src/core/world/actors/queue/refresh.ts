import { isReceiver } from "../../../queue/clients/receiver";
import { actorsOf, type Cluster } from "../../cluster";
import { queueWithExchanges } from "./declarer";

/** What programs say when they connect is what is wanted now. */
export function refreshPrograms(cluster: Cluster): void {
  for (const [, receiver] of actorsOf(cluster, isReceiver)) Object.assign(receiver, queueWithExchanges(cluster, receiver.queue.name));
}
