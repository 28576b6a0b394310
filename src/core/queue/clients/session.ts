import type { ActorId } from "../../sim/message";
import { timer, type Timer } from "../../sim/timer";
import type { BrokerMethod, ClientMethod } from "../amqp/method";
import type { ProgramFact } from "../facts";
import { heartbeat, isGone, mustSend, type Heartbeat } from "../heartbeat";

/**
 * The connection of a program to the broker, with one channel. A connection that is lost, or refused, is tried again after a while
 * (`networkRecoveryInterval` of the Java client). What the program says when a channel is open it says again on each new one.
 */
export interface Session {
  state: "connecting" | "open" | "waiting" | "closing" | "closed";
  heartbeat: Heartbeat | null;
  readonly heartbeatS: number;
  readonly reconnectMs: number;
  /** Why its channel was closed last, in RabbitMQ's words; null while all is well. */
  refusal: string | null;
}

/** What a program may do to the world around it. */
export interface ProgramContext {
  readonly nowUs: number;
  readonly actor: ActorId;
  /** Sends to the broker. */
  readonly send: (method: ClientMethod) => void;
  /** Closes the connection: what is under way on it is lost, both ways. */
  readonly disconnect: () => void;
  readonly setTimer: (timer: Timer, atUs: number) => void;
  readonly cancelTimer: (timer: Timer) => void;
  readonly tell: (fact: ProgramFact) => void;
  /** Its process has ended in the middle of something; something starts it again. */
  readonly crashed: () => void;
  /** The program has ended in order, and is gone. */
  readonly closed: () => void;
}

export const CHANNEL = 1;
/** RabbitMQ's default. */
const HEARTBEAT_S = 60;
/** The Java client's default. */
const RECONNECT_MS = 5000;

const HEARTBEAT_SEND = timer("heartbeat send");
const HEARTBEAT_CHECK = timer("heartbeat check");
const RECONNECT = timer("reconnect");

export function newSession(heartbeatS = HEARTBEAT_S, reconnectMs = RECONNECT_MS): Session {
  return { state: "closed", heartbeat: null, heartbeatS, reconnectMs, refusal: null };
}

/** Connects. */
export function connect(session: Session, context: ProgramContext): void {
  session.state = "connecting";
  context.send({ method: "connection.open", heartbeatS: session.heartbeatS });
}

/** Sends on the open channel. */
export function say(session: Session, context: ProgramContext, method: ClientMethod): void {
  if (session.heartbeat) session.heartbeat.hasSent = true;
  context.send(method);
}

/** Something has arrived. Returns what it means for the program beside what it says: its channel is open, or gone; null is neither. */
export function onSessionMethod(session: Session, context: ProgramContext, method: BrokerMethod): "opened" | "gone" | null {
  if (session.heartbeat) session.heartbeat.hasHeard = true;
  switch (method.method) {
    case "connection.open-ok":
      return onOpened(session, context);
    case "channel.close":
      session.refusal = method.replyText;
      context.tell({ type: "channelClosed", replyCode: method.replyCode, replyText: method.replyText });
      context.disconnect();
      return giveUp(session, context);
    case "connection.close":
      session.refusal = method.replyText;
      context.tell({ type: "channelClosed", replyCode: method.replyCode, replyText: method.replyText });
      return giveUp(session, context);
    case "basic.cancel":
      // Its queue is gone: it starts over, and makes it anew.
      context.disconnect();
      return giveUp(session, context);
    case "connection.close-ok":
      return giveUp(session, context);
    default:
      return null;
  }
}

/** The connection was closed under it. */
export function onSessionLost(session: Session, context: ProgramContext): "gone" | null {
  if (session.state === "waiting" || session.state === "closed") return null;
  context.tell({ type: "connectionLost" });
  return giveUp(session, context);
}

/** One of its timers. Returns "gone" where the broker has not been heard of for too long. */
export function onSessionTimer(session: Session, context: ProgramContext, { kind }: Timer): "gone" | null {
  const { heartbeat: beat } = session;
  if (kind === RECONNECT.kind) connect(session, context);
  else if (beat && kind === HEARTBEAT_SEND.kind) {
    if (mustSend(beat)) context.send({ method: "heartbeat" });
    context.setTimer(HEARTBEAT_SEND, context.nowUs + beat.intervalUs / 2);
  } else if (beat && kind === HEARTBEAT_CHECK.kind) {
    if (!isGone(beat)) context.setTimer(HEARTBEAT_CHECK, context.nowUs + beat.intervalUs);
    else {
      context.disconnect();
      return onSessionLost(session, context);
    }
  }
  return null;
}

/** Ends in order, once the broker has answered. */
export function closeSession(session: Session, context: ProgramContext): void {
  if (session.state === "open") {
    session.state = "closing";
    context.send({ method: "connection.close" });
    return;
  }
  if (session.state === "connecting") context.disconnect();
  session.state = "closed";
  stopTimers(session, context);
  context.closed();
}

/** Ends at once, with its program: it does not connect again, also where it was about to. */
export function dropSession(session: Session, context: ProgramContext): void {
  stopTimers(session, context);
  context.disconnect();
  session.state = "closed";
}

function onOpened(session: Session, context: ProgramContext): "opened" | null {
  if (session.state !== "connecting") return null;
  session.state = "open";
  session.refusal = null;
  session.heartbeat = heartbeat(session.heartbeatS);
  if (session.heartbeat) {
    context.setTimer(HEARTBEAT_SEND, context.nowUs + session.heartbeat.intervalUs / 2);
    context.setTimer(HEARTBEAT_CHECK, context.nowUs + session.heartbeat.intervalUs);
  }
  context.tell({ type: "connected" });
  context.send({ method: "channel.open", channel: CHANNEL });
  return "opened";
}

function giveUp(session: Session, context: ProgramContext): "gone" {
  const isEnding = session.state === "closing";
  session.state = isEnding ? "closed" : "waiting";
  stopTimers(session, context);
  if (isEnding) context.closed();
  else context.setTimer(RECONNECT, context.nowUs + session.reconnectMs * 1000);
  return "gone";
}

function stopTimers(session: Session, context: ProgramContext): void {
  session.heartbeat = null;
  for (const each of [HEARTBEAT_SEND, HEARTBEAT_CHECK, RECONNECT]) context.cancelTimer(each);
}
