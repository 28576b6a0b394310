import type { Timer } from "../../sim/timer";
import type { BrokerMethod, ClientMethod } from "../amqp/method";
import { connect, newSession, onSessionLost, onSessionMethod, onSessionTimer, say, type ProgramContext, type Session } from "./session";

/** The program through which the person at the screen declares exchanges and queues, as plain data. */
export interface Declarer {
  readonly kind: "declarer";
  readonly name: string;
  readonly session: Session;
  /** Said and not answered, oldest first. */
  pending: ClientMethod[];
  /** Said as soon as there is a connection. */
  waiting: ClientMethod[];
}

/** It is in a hurry: somebody is looking. */
const RECONNECT_MS = 500;

export function newDeclarer(name: string): Declarer {
  return { kind: "declarer", name, session: newSession(0, RECONNECT_MS), pending: [], waiting: [] };
}

export function isDeclarer(actor: { readonly kind: string } | undefined): actor is Declarer {
  return actor?.kind === "declarer";
}

/** Has the broker do these, in order; what is lost with a connection is said again. */
export function declare(declarer: Declarer, context: ProgramContext, methods: readonly ClientMethod[]): void {
  declarer.waiting.push(...methods);
  if (declarer.session.state === "closed") connect(declarer.session, context);
  else sayAll(declarer, context);
}

/** Returns what was refused, where that is what has arrived. */
export function handleDeclarerMethod(declarer: Declarer, context: ProgramContext, method: BrokerMethod): ClientMethod | null {
  if (method.method === "channel.close") {
    // The first without an answer is the one that was refused; the others are said again on a new channel.
    const refused = declarer.pending.shift() ?? null;
    goBack(declarer, onSessionMethod(declarer.session, context, method));
    return refused;
  }
  const change = onSessionMethod(declarer.session, context, method);
  goBack(declarer, change);
  if (change === "opened") sayAll(declarer, context);
  else if (change === null && method.method.endsWith("-ok") && method.method !== "channel.open-ok") declarer.pending.shift();
  return null;
}

export function handleDeclarerTimer(declarer: Declarer, context: ProgramContext, each: Timer): void {
  goBack(declarer, onSessionTimer(declarer.session, context, each));
}

export function handleDeclarerDisconnect(declarer: Declarer, context: ProgramContext): void {
  goBack(declarer, onSessionLost(declarer.session, context));
}

function sayAll({ session, pending, waiting }: Declarer, context: ProgramContext): void {
  if (session.state !== "open") return;
  for (const method of waiting.splice(0)) {
    pending.push(method);
    say(session, context, method);
  }
}

function goBack(declarer: Declarer, change: "opened" | "gone" | null): void {
  if (change === "gone") declarer.waiting = [...declarer.pending.splice(0), ...declarer.waiting];
}
