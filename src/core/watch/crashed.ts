import type { Consumer } from "../clients/consumer/consumer";
import type { ActorId } from "../sim/message";
import type { Cluster } from "../world/cluster";
import { say } from "./say";
import type { Crashed } from "./watch";
import { share } from "../sim/share";

/** To be called when a consumer crashes. One that was no member is gone without a trace. */
export function noteCrash({ watch }: Cluster, consumer: Consumer, actor: ActorId): void {
  const { clientId, groupId, processing, member, partitions, config, processed } = consumer;
  if (member.memberId === "") return;
  const spec = share({ clientId, groupId, processing });
  const owned = [...partitions.values()].map(({ topic, partition }) => ({ topic, partition }));
  watch.crashed.set(spec.clientId, share({ spec, actor, memberId: member.memberId, partitions: owned, sessionTimeoutMs: config.sessionTimeoutMs, processed }));
}

/** To be called when a group has changed: says which of the crashed it has given up. */
export function observeExpiry(cluster: Cluster, groupId: string): void {
  const { crashed } = cluster.watch;
  for (const [clientId, { spec, memberId, sessionTimeoutMs }] of crashed) {
    if (spec.groupId !== groupId || isMember(cluster, groupId, memberId)) continue;
    crashed.delete(clientId);
    say(cluster, "member.expired", { consumer: clientId, group: groupId, timeoutMs: sessionTimeoutMs }, { marker: "bad" });
  }
}

/** The virtual µs at which its group gives a crashed consumer up, null where the group waits for it in another way (a parked request). */
export function givenUpUs({ watch: { actual }, nowUs }: Cluster, { spec, memberId }: Crashed): number | null {
  const untilUs = actual.sessions.get(spec.groupId)?.get(memberId);
  return untilUs === undefined || untilUs < nowUs ? null : untilUs;
}

function isMember({ watch: { actual } }: Cluster, groupId: string, memberId: string): boolean {
  return actual.groups.get(groupId)?.members.has(memberId) ?? false;
}
