import { timer, type Timer } from "../../sim/timer";
import type { ClassicGroup } from "./classic/classicGroup";

/** The end of the join phase, or of one step of the initial rebalance delay. */
export function joinTimer(groupId: string): Timer {
  return timer("join", groupId);
}

/** The moment by which every member must have sent SyncGroup. */
export function syncTimer(groupId: string): Timer {
  return timer("sync", groupId);
}

/** The end of a member's session, or of the time that a pending member has to come back. */
export function heartbeatTimer(groupId: string, memberId: string): Timer {
  return timer("heartbeat", [groupId, memberId]);
}

/** The group that a coordinator's timer is about. */
export function groupIdOfTimer({ subject }: Timer): string {
  return typeof subject === "object" ? subject[0] : String(subject);
}

export type TimerTarget =
  | { readonly kind: "join" | "sync"; readonly group: ClassicGroup }
  | { readonly kind: "heartbeat"; readonly group: ClassicGroup; readonly memberId: string };

/** What a timer is about, or null where its group or member is gone. */
export function timerTarget(groups: ReadonlyMap<string, ClassicGroup>, due: Timer): TimerTarget | null {
  const { kind, subject } = due;
  const group = groups.get(groupIdOfTimer(due));
  if (kind === "join" || kind === "sync") return group === undefined ? null : { kind, group };
  if (kind !== "heartbeat" || typeof subject !== "object") throw new Error(`no such timer of a group coordinator: ${kind}`);
  const [, memberId] = subject;
  const isKnown = group !== undefined && (group.members.has(memberId) || group.pendingJoinMembers.has(memberId));
  return isKnown ? { kind, group, memberId } : null;
}
