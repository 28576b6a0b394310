import type { ClassicGroup } from "./classicGroup";

/** The end of the join phase, or of one step of the initial rebalance delay. */
export function joinTimer(groupId: string): string {
  return `join-${groupId}`;
}

/** The moment by which every member must have sent SyncGroup. */
export function syncTimer(groupId: string): string {
  return `sync-${groupId}`;
}

/** The end of a member's session, or of the time that a pending member has to come back. */
export function heartbeatTimer(groupId: string, memberId: string): string {
  return `heartbeat-${groupId}-${memberId}`;
}

export type TimerTarget =
  | { readonly kind: "join" | "sync"; readonly group: ClassicGroup }
  | { readonly kind: "heartbeat"; readonly group: ClassicGroup; readonly memberId: string };

/**
 * What a timer's name means, or null where its group or member is gone. Group and member ids may themselves contain dashes, so a
 * heartbeat timer is read by looking for a group that knows the rest as a member.
 */
export function timerTarget(groups: ReadonlyMap<string, ClassicGroup>, name: string): TimerTarget | null {
  const dash = name.indexOf("-");
  const kind = name.slice(0, dash);
  const rest = name.slice(dash + 1);
  if (kind === "join" || kind === "sync") {
    const group = groups.get(rest);
    return group === undefined ? null : { kind, group };
  }
  if (kind !== "heartbeat") throw new Error(`no such timer of a group coordinator: ${name}`);
  for (let at = rest.indexOf("-"); at >= 0; at = rest.indexOf("-", at + 1)) {
    const group = groups.get(rest.slice(0, at));
    const memberId = rest.slice(at + 1);
    if (group !== undefined && (group.members.has(memberId) || group.pendingJoinMembers.has(memberId))) {
      return { kind, group, memberId };
    }
  }
  return null;
}
