import { heartbeatTimer } from "../broker/group/timerNames";
import type { Consumer } from "../clients/consumer/consumer";
import type { ActorId } from "../sim/message";
import type { TopicPartition } from "../kafka/topicPartition";
import { pendingTimes } from "../sim/eventQueue";
import { brokerOf, type Cluster } from "../world/cluster";
import type { ConsumerSpec } from "../world/spec";
import { say } from "./say";

/** A consumer that crashed while its group goes on counting on it: the group knows nothing of it yet. */
export interface Crashed {
  readonly spec: ConsumerSpec;
  readonly actor: ActorId;
  readonly memberId: string;
  /** What its group believes that it reads. */
  readonly partitions: readonly TopicPartition[];
  readonly sessionTimeoutMs: number;
  readonly processed: number;
}

/** To be called when a consumer crashes. One that was no member is gone without a trace. */
export function noteCrash({ watch }: Cluster, consumer: Consumer, actor: ActorId): void {
  const { clientId, groupId, processing, member, partitions, config, processed } = consumer;
  if (member.memberId === "") return;
  const spec = Object.freeze({ clientId, groupId, processing });
  const owned = [...partitions.values()].map(({ topic, partition }) => ({ topic, partition }));
  watch.crashed.set(spec.clientId, Object.freeze({ spec, actor, memberId: member.memberId, partitions: owned, sessionTimeoutMs: config.sessionTimeoutMs, processed }));
}

/** To be called when a timer of the broker has come: says which of the crashed have been given up by their groups. */
export function observeExpiry(cluster: Cluster): void {
  const { crashed } = cluster.watch;
  for (const [clientId, { spec, memberId, sessionTimeoutMs }] of crashed) {
    if (isMember(cluster, spec.groupId, memberId)) continue;
    crashed.delete(clientId);
    say(cluster, "member.expired", { consumer: clientId, group: spec.groupId, timeoutMs: sessionTimeoutMs }, { marker: "bad" });
  }
}

/** The virtual µs at which its group gives a crashed consumer up, null where the group waits for it in another way (a parked request). */
export function givenUpUs(cluster: Cluster, { spec, memberId }: Crashed): number | null {
  const broker = brokerOf(cluster);
  const actor = cluster.actorsByNodeId.get(broker.nodeId) ?? -1;
  const number = cluster.timers.get(actor)?.get(heartbeatTimer(spec.groupId, memberId));
  if (number === undefined) return null;
  for (const { timeUs, event } of pendingTimes(cluster.queue)) if (event.kind === "timer" && event.actor === actor && event.number === number) return timeUs;
  return null;
}

function isMember(cluster: Cluster, groupId: string, memberId: string): boolean {
  return brokerOf(cluster).coordinator.groups.get(groupId)?.members.has(memberId) ?? false;
}
