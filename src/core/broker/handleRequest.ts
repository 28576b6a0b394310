import type { ApiRequest } from "../kafka/api/api";
import type { ActorId, Message } from "../sim/message";
import type { Timer } from "../sim/timer";
import { onCoordinatorTimer } from "./api/groups";
import { apis, parkedApis } from "./apis";
import type { ApiHandler, Broker, BrokerContext } from "./broker";
import { answerCommitted } from "./coordinators/runtime";
import { groupCoordinator } from "./group/groupCoordinator";
import { advanceHighWatermark } from "./log/partitionLog";
import { appendMetadata } from "./metadata/metadataLog";
import type { ParkedApi } from "./parkedApi";
import { PARKED, parkedAt, unpark, type Parked } from "./purgatory";
import { guard } from "../sim/share";

/** A broker comes up, and registers. */
export function startUp(broker: Broker, context: BrokerContext): void {
  appendMetadata(broker, context, [{ type: "RegisterBrokerRecord", brokerId: broker.nodeId }]);
  completeActions(broker, context);
}

/** Gives a request to its API. Its message's id names it until it is answered. */
export function handleRequest(broker: Broker, context: BrokerContext, message: Message<ApiRequest>): void {
  const { id, from, connection, body } = message;
  broker.requests.set(id, guard({ from, connection }));
  const handle = apis[body.api] as ApiHandler<ApiRequest>; // of the very API that the request names
  handle(broker, context, body, id);
  completeActions(broker, context);
}

export function handleBrokerTimer(broker: Broker, context: BrokerContext, due: Timer): void {
  if (due.kind === PARKED) answerParked(broker, context, due.subject as number); // a request's id
  else onCoordinatorTimer(broker, context, due);
  completeActions(broker, context);
}

/** A client's connection is closed, or all of them: what it had parked there is dropped. Its group membership ends only by LeaveGroup or by its session. */
export function handleDisconnect(broker: Broker, context: BrokerContext, client: ActorId, closed: number | null): void {
  for (const [requestId, { from, connection }] of [...broker.requests]) {
    if (from !== client || (closed !== null && connection !== closed)) continue;
    unpark(broker.purgatory, context, requestId);
    broker.requests.delete(requestId);
  }
}

/** What follows from logs that have changed, once the request itself is done with (`ActionQueue`): whoever waited for them is looked at. */
function completeActions(broker: Broker, context: BrokerContext): void {
  if (broker.changed.size === 0) return;
  for (const name of broker.changed) {
    broker.changed.delete(name);
    const log = broker.logs.get(name);
    if (log && advanceHighWatermark(log)) context.tell({ type: "highWatermark", log, offset: log.highWatermark });
    for (const parked of parkedAt(broker.purgatory, name)) if (apiOf(parked).isDone(broker, parked)) answerParked(broker, context, parked.requestId);
    if (log?.topic === groupCoordinator.topic) answerCommitted(broker, context, groupCoordinator, log.partition);
  }
}

function answerParked(broker: Broker, context: BrokerContext, requestId: number): void {
  const parked = unpark(broker.purgatory, context, requestId);
  if (parked) apiOf(parked).answer(broker, context, parked);
}

function apiOf(parked: Parked): ParkedApi<Parked> {
  return parkedApis[parked.api] as ParkedApi<Parked>; // of the very API that it was parked by
}
