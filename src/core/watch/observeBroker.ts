import type { BrokerFact } from "../broker/facts";
import type { Cluster } from "../world/cluster";
import { foldFact } from "./actual";
import { forgetPartition, onStored } from "./audit";
import { observeExpiry } from "./crashed";

/** Takes in what a broker tells. */
export function observeBroker(cluster: Cluster, nodeId: number, fact: BrokerFact): void {
  const { actual, audit } = cluster.watch;
  // What is deleted was there until now.
  if (fact.type === "deleted") forgetPartition(audit, actual, fact.log);
  if (isSeldom(cluster, fact)) cluster.wiring++;
  foldFact(actual, nodeId, fact);
  if (fact.type === "stored") onStored(audit, fact.log, fact.page);
  else if (fact.type === "group") observeExpiry(cluster, fact.groupId);
}

/** A group is told of with each of its commits, and mostly as it was. */
function isSeldom({ watch: { actual } }: Cluster, fact: BrokerFact): boolean {
  return fact.type === "metadata" || fact.type === "deleted" || (fact.type === "group" && actual.groups.get(fact.groupId) !== (fact.group ?? undefined));
}
