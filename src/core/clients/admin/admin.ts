import type { ApiRequest } from "../../kafka/api/api";
import { timer } from "../../sim/timer";
import { connection, type ClientContext } from "../client";
import { answered, expireRequests, loseConnection, newConnections, nodeToAsk, reachableAtUs, sendRequest, type Connections, type RequestInFlight } from "../connections";

/**
 * An administration client (`KafkaAdminClient`) that creates, changes and deletes topics, as plain data. A request that was lost is sent
 * again, before all that came after it: what is asked for happens in the order in which it was asked. A retried request may be answered
 * with what its first try has done, such as TOPIC_ALREADY_EXISTS, as Kafka's is.
 */
export interface Admin {
  readonly kind: "admin";
  readonly clientId: string;
  readonly connections: Connections;
  /** Without an answer, by request id. */
  pending: Map<number, ApiRequest>;
  /** Lost, or asked for behind something that was lost; sent again in order. */
  waiting: ApiRequest[];
}

const RETRY_TIMER = timer("retry");

/** Kafka's defaults, in ms: request.timeout.ms and retry.backoff.ms of `AdminClientConfig`. */
const REQUEST_TIMEOUT_MS = 30_000;
const RETRY_BACKOFF_MS = 100;

export function newAdmin(clientId: string, bootstrap: readonly number[]): Admin {
  return { kind: "admin", clientId, connections: newConnections(bootstrap), pending: new Map(), waiting: [] };
}

export function isAdmin(actor: { readonly kind: string } | undefined): actor is Admin {
  return actor?.kind === "admin";
}

/** Has the cluster do something. */
export function ask(admin: Admin, context: ClientContext, request: ApiRequest): void {
  if (admin.waiting.length > 0) admin.waiting.push(request);
  else send(admin, context, request);
}

/** The request that a response answers; null where nobody waits for it. */
export function handleAdminResponse(admin: Admin, requestId: number): ApiRequest | null {
  answered(admin.connections, requestId);
  const request = admin.pending.get(requestId) ?? null;
  admin.pending.delete(requestId);
  return request;
}

export function handleAdminTimer(admin: Admin, context: ClientContext): void {
  for (const request of admin.waiting.splice(0)) send(admin, context, request);
}

/** Requests may be overdue. Returns whether any were. */
export function handleAdminAlarm(admin: Admin, context: ClientContext): boolean {
  const lost = expireRequests(admin.connections, context);
  onLost(admin, context, lost);
  return lost.length > 0;
}

/** A connection was closed under it. */
export function handleAdminDisconnect(admin: Admin, context: ClientContext, nodeId: number, closed: number): void {
  onLost(admin, context, loseConnection(admin.connections, context, nodeId, closed));
}

function onLost(admin: Admin, context: ClientContext, lost: readonly RequestInFlight[]): void {
  if (lost.length === 0) return;
  admin.waiting = [...lost.flatMap(({ requestId }) => admin.pending.get(requestId) ?? []), ...admin.waiting];
  for (const { requestId } of lost) admin.pending.delete(requestId);
  const nodeId = nodeToAsk(admin.connections, []);
  context.setTimer(RETRY_TIMER, Math.max(context.nowUs + RETRY_BACKOFF_MS * 1000, reachableAtUs(admin.connections, nodeId)));
}

function send(admin: Admin, context: ClientContext, request: ApiRequest): void {
  const nodeId = nodeToAsk(admin.connections, []);
  admin.pending.set(sendRequest(admin.connections, context, nodeId, connection.data, request, REQUEST_TIMEOUT_MS), request);
}
