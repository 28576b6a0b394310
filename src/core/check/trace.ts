import type { ApiRequest, ApiResponse } from "../kafka/api/api";
import type { ActorId, Message } from "../sim/message";
import type { Cluster, SimulationEvent } from "../world/cluster";
import type { Body } from "../world/kernel/happening";
import type { Command } from "../world/command";
import { partOf } from "./actorPart";
import { addOwnActorParts } from "./actorParts";
import { line, nameOf, type Tracer } from "./traceLines";
import { requestText, responseText } from "./traceMessage";
import { methodText } from "./traceMethod";

addOwnActorParts();

/** A tracer that tells what happens from now on. */
export function newTracer(cluster: Cluster): Tracer {
  const tracer: Tracer = { ends: new Map(), groups: new Map(), consumers: new Map(), names: new Map() };
  for (const id of cluster.actors.keys()) lookAt(tracer, cluster, id);
  return tracer;
}

/** The lines of an event that has just run. */
export function traceEvent(tracer: Tracer, cluster: Cluster, event: SimulationEvent): string[] {
  if (event.kind === "sample") return [];
  const lines = event.kind === "message" ? messageLines(tracer, cluster, event.message) : [];
  return [...lines, ...lookAt(tracer, cluster, event.kind === "message" ? event.message.to : event.actor)];
}

/** The line of a command that has just been given, and of what it changed at once. */
export function traceCommand(tracer: Tracer, cluster: Cluster, command: Command): string[] {
  const { type, ...details } = command;
  return [line(cluster, "user", "", type, JSON.stringify(details)), ...[...cluster.actors.keys()].flatMap((id) => lookAt(tracer, cluster, id))];
}

function messageLines(tracer: Tracer, cluster: Cluster, { from, to, requestId, body }: Message<Body>): string[] {
  if (body.api === undefined) {
    const details = methodText(body);
    return details === null ? [] : [line(cluster, nameOf(tracer, cluster, from), nameOf(tracer, cluster, to), body.method, details)];
  }
  const text = requestId === null ? requestText(body as ApiRequest) : responseText(body as ApiResponse); // told apart by requestId
  if (text === null) return [];
  return [line(cluster, nameOf(tracer, cluster, from), nameOf(tracer, cluster, to), body.api, requestId === null ? text : `= ${text}`)];
}

/** Lines for what is new about an actor. */
function lookAt(tracer: Tracer, cluster: Cluster, id: ActorId): string[] {
  const actor = cluster.actors.get(id);
  const name = nameOf(tracer, cluster, id);
  if (actor) return partOf(actor).trace?.(tracer, cluster, id, actor) ?? [];
  return tracer.consumers.delete(id) ? [line(cluster, name, "", "gone", "")] : [];
}
