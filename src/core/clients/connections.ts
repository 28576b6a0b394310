/**
 * A client's connections to brokers, as far as the rules go (`NetworkClient`): whom it asks, how long it waits, and when it tries again.
 * A request that is not answered in time closes its connection, and with it fails all that waits on it; the broker is not connected to
 * again before reconnect.backoff.ms have passed, twice as long after each further failure, up to reconnect.backoff.max.ms.
 * Simplified: connecting takes no time of its own; the backoff has no jitter.
 */
import type { ApiRequest } from "../kafka/api/api";
import type { ClientContext } from "./client";
import { guard, share } from "../sim/share";

export interface Connections {
  /** `bootstrap.servers`: the brokers that it knows from its start, by node.id. */
  readonly bootstrap: readonly number[];
  /** Requests without an answer, oldest first. */
  inFlight: RequestInFlight[];
  /** Until when nobody need look whether one is overdue, virtual µs; null while nobody will. */
  lookUs: number | null;
  /** Brokers that could not be reached, and when they may be tried again. */
  unreachable: Map<number, { readonly failures: number; readonly untilUs: number }>;
}

export interface RequestInFlight {
  readonly requestId: number;
  readonly nodeId: number;
  readonly connection: number;
  readonly request: ApiRequest;
  readonly deadlineUs: number;
}

/** Kafka's defaults, in ms. */
const RECONNECT_BACKOFF_MS = 50;
const RECONNECT_BACKOFF_MAX_MS = 1000;

export function newConnections(bootstrap: readonly number[]): Connections {
  return { bootstrap, inFlight: [], lookUs: null, unreachable: new Map() };
}

/** Sends a request whose answer is waited for at most so many ms; returns its id. */
export function sendRequest(connections: Connections, context: ClientContext, nodeId: number, connection: number, request: ApiRequest, timeoutMs: number): number {
  const requestId = context.send(nodeId, connection, request);
  const deadlineUs = context.nowUs + timeoutMs * 1000;
  connections.inFlight.push(guard({ requestId, nodeId, connection, request, deadlineUs }));
  lookBy(connections, context, deadlineUs);
  return requestId;
}

/** An answer has come: its broker can be reached. Returns what it answers; null where nobody waits for it any more. */
export function answered(connections: Connections, requestId: number): RequestInFlight | null {
  const { inFlight, unreachable } = connections;
  for (let at = 0; at < inFlight.length; at++) {
    const request = inFlight[at] as RequestInFlight;
    if (request.requestId !== requestId) continue;
    inFlight.splice(at, 1);
    if (unreachable.size > 0) unreachable.delete(request.nodeId);
    return request;
  }
  return null;
}

/** Whether the time of some request is over at a virtual time in µs. */
export function isOverdue({ inFlight }: Connections, atUs: number): boolean {
  for (const { deadlineUs } of inFlight) if (deadlineUs <= atUs) return true;
  return false;
}

/** The time of the oldest request may be over. Closes the connections of those that are overdue; returns all that fails with them. */
export function expireRequests(connections: Connections, context: ClientContext): RequestInFlight[] {
  connections.lookUs = null;
  const lost: RequestInFlight[] = [];
  for (const request of [...connections.inFlight]) {
    const { nodeId, connection, deadlineUs } = request;
    if (deadlineUs > context.nowUs || !connections.inFlight.includes(request)) continue;
    context.disconnect(nodeId, connection);
    lost.push(...loseConnection(connections, context, nodeId, connection));
  }
  for (const { deadlineUs } of connections.inFlight) lookBy(connections, context, deadlineUs);
  return lost;
}

/** A connection is gone: returns what fails with it. */
export function loseConnection(connections: Connections, context: ClientContext, nodeId: number, connection: number): RequestInFlight[] {
  const isOnIt = (request: RequestInFlight): boolean => request.nodeId === nodeId && request.connection === connection;
  const lost = connections.inFlight.filter(isOnIt);
  connections.inFlight = connections.inFlight.filter((request) => !isOnIt(request));
  const failures = (connections.unreachable.get(nodeId)?.failures ?? 0) + 1;
  const backoffMs = Math.min(RECONNECT_BACKOFF_MAX_MS, RECONNECT_BACKOFF_MS << Math.min(failures - 1, 10));
  connections.unreachable.set(nodeId, share({ failures, untilUs: context.nowUs + backoffMs * 1000 }));
  return lost;
}

/** When a broker may be sent to, virtual µs; 0 is at once. */
export function reachableAtUs({ unreachable }: Connections, nodeId: number): number {
  return unreachable.get(nodeId)?.untilUs ?? 0;
}

export function isReachable(connections: Connections, nodeId: number, nowUs: number): boolean {
  return reachableAtUs(connections, nodeId) <= nowUs;
}

/** Of the brokers that it knows, the one to ask what any of them can answer: the first that can be reached, or else soonest (`leastLoadedNode`). */
export function nodeToAsk(connections: Connections, known: readonly number[]): number {
  const nodes = known.length > 0 ? known : connections.bootstrap;
  return nodes.reduce((best, nodeId) => (reachableAtUs(connections, nodeId) < reachableAtUs(connections, best) ? nodeId : best));
}

function lookBy(connections: Connections, context: ClientContext, atUs: number): void {
  if (connections.lookUs !== null && connections.lookUs <= atUs) return;
  connections.lookUs = atUs;
  context.setAlarm(atUs);
}
