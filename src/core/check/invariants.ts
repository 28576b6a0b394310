import type { ApiRequest, ApiResponse } from "../kafka/api/api";
import { wasReset } from "../sim/network";
import type { Timer } from "../sim/timer";
import type { Cluster, SimulationEvent } from "../world/cluster";
import { partOf } from "./actorPart";
import { addOwnActorParts } from "./actorParts";
import { checkAnswer, checkRequest } from "./messages";
import type { Witness } from "./witness";

addOwnActorParts();

/** So many events at one moment are no coincidence any more. */
const MOST_AT_ONCE = 20_000;

/**
 * What must hold after every event, whatever the world and whatever was done to it. An event reached one actor, and only that one can have
 * changed, but that brokers also change when a client goes. The checks only look: each gives a sentence about what is wrong, or null.
 */
export function checkEvent(witness: Witness, cluster: Cluster, event: SimulationEvent): string | null {
  const clock = checkClock(witness, cluster);
  if (clock !== null || event.kind === "sample") return clock;
  const id = event.kind === "message" ? event.message.to : event.actor;
  // What came on a connection that was closed meanwhile, nobody has looked at.
  if (event.kind === "message" && !wasReset(cluster.network, event.message)) {
    const { body, requestId } = event.message;
    // Told apart by requestId.
    const problem = requestId === null ? checkRequest(witness, cluster, event.message.id, body as ApiRequest) : checkAnswer(witness, cluster, id, requestId, body as ApiResponse);
    if (problem !== null) return problem;
  }
  if (event.kind === "timer") {
    const problem = checkSession(witness, cluster, event.timer);
    if (problem !== null) return problem;
  }
  const actor = cluster.actors.get(id);
  return actor ? (partOf(actor).check?.(witness, cluster, id, actor) ?? null) : checkActors(witness, cluster);
}

/** Everything that is checked after an event, for all actors: after a command, which may touch several. */
export function checkActors(witness: Witness, cluster: Cluster): string | null {
  for (const [id, actor] of cluster.actors) {
    const problem = partOf(actor).check?.(witness, cluster, id, actor) ?? null;
    if (problem !== null) return problem;
  }
  return null;
}

function checkClock(witness: Witness, { nowUs, eventCount }: Cluster): string | null {
  if (nowUs < witness.nowUs) return `the clock went back from ${witness.nowUs} to ${nowUs} µs`;
  if (eventCount !== witness.eventCount + 1) return `event ${eventCount} came after event ${witness.eventCount}`;
  witness.atOnce = nowUs === witness.nowUs ? witness.atOnce + 1 : 0;
  if (witness.atOnce > MOST_AT_ONCE) return `the clock stands at ${nowUs} µs, and events come and come`;
  witness.nowUs = nowUs;
  witness.eventCount = eventCount;
  return null;
}

/** A member is given up at the end of its session, and not while it is heard from. */
function checkSession(witness: Witness, { nowUs, watch: { actual } }: Cluster, { kind, subject }: Timer): string | null {
  if (kind !== "heartbeat" || typeof subject !== "object") return null;
  const [groupId, memberId] = subject;
  const member = witness.groups.get(groupId)?.members.get(memberId);
  const heardUs = witness.heardUs.get(memberId);
  if (!member || heardUs === undefined || actual.groups.get(groupId)?.members.has(memberId)) return null;
  const silentMs = Math.floor(nowUs / 1000) - Math.floor(heardUs / 1000);
  return silentMs < member.sessionTimeoutMs ? `group ${groupId} gave up ${memberId} after ${silentMs} ms of its ${member.sessionTimeoutMs}` : null;
}
