import type { ActorId } from "../../sim/message";
import { timer } from "../../sim/timer";
import { heartbeat, isGone, mustSend } from "../heartbeat";
import type { AmqpBroker, AmqpBrokerContext } from "./amqpBroker";
import { releaseAll } from "./channel";
import { deleteQueue } from "./deleteQueue";

export const HEARTBEAT_SEND = "heartbeat send";
export const HEARTBEAT_CHECK = "heartbeat check";

/** A client connects. */
export function openConnection({ connections }: AmqpBroker, context: AmqpBrokerContext, client: ActorId, heartbeatS: number): void {
  const beat = heartbeat(heartbeatS);
  connections.set(client, { heartbeat: beat, channels: new Map() });
  if (beat) {
    context.setTimer(timer(HEARTBEAT_SEND, client), context.nowUs + beat.intervalUs / 2);
    context.setTimer(timer(HEARTBEAT_CHECK, client), context.nowUs + beat.intervalUs);
  }
  context.send(client, { method: "connection.open-ok" });
}

/** A connection ends, in order or not: its channels close, and what is exclusive to it goes. */
export function closeConnection(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId): void {
  const connection = broker.connections.get(client);
  if (!connection) return;
  stopHeartbeats(context, client);
  context.tell({ type: "connectionClosed", client });
  for (const queue of [...broker.queues.values()]) if (queue.owner === client) deleteQueue(broker, context, queue);
  broker.connections.delete(client);
  releaseAll(broker, context, connection.channels.values());
}

/** Half an interval of heartbeats is over. */
export function sendHeartbeat(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId): void {
  const beat = broker.connections.get(client)?.heartbeat;
  if (!beat) return;
  if (mustSend(beat)) context.send(client, { method: "heartbeat" });
  context.setTimer(timer(HEARTBEAT_SEND, client), context.nowUs + beat.intervalUs / 2);
}

/** An interval is over: a client that was not heard of for two of them is given up, and its connection closed. */
export function checkHeartbeat(broker: AmqpBroker, context: AmqpBrokerContext, client: ActorId): void {
  const beat = broker.connections.get(client)?.heartbeat;
  if (!beat) return;
  if (!isGone(beat)) return context.setTimer(timer(HEARTBEAT_CHECK, client), context.nowUs + beat.intervalUs);
  context.tell({ type: "heartbeatMissed", client });
  closeConnection(broker, context, client);
  context.disconnect(client);
}

export function stopHeartbeats(context: AmqpBrokerContext, client: ActorId): void {
  context.cancelTimer(timer(HEARTBEAT_SEND, client));
  context.cancelTimer(timer(HEARTBEAT_CHECK, client));
}
