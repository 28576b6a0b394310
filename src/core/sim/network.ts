import type { ActorId } from "./message";
import { nextBelow, randomStream, type RandomStream } from "./random";

/**
 * The simulated network: every connection keeps its order (TCP), and has a latency and a stream of chance of its own. Nothing is wrong with
 * it before somebody asks for it: then connections are cut for a while, reset, or lose a message and with it all that would follow.
 */
export interface Network {
  seed: number;
  latencyUs: number;
  jitterUs: number;
  links: Map<number, Link>;
  /** Null until something is to go wrong. */
  faults: Faults | null;
}

interface Link {
  lastArrivalUs: number;
  random: RandomStream;
}

interface Faults {
  random: RandomStream;
  /** Of a thousand messages, so many are lost. */
  losePerMille: number;
  /** By connection, both ways: messages up to this id reach nobody any more. */
  resets: Map<number, number>;
  /** Connections that have lost a message: nothing else comes through either, until they are closed. */
  dead: Set<number>;
  /** By pair of actors: until when nothing comes through, virtual µs. */
  cuts: Map<number, number>;
}

/** Nothing arrives in the instant it is sent: who asks again at once would stop the clock. */
const LEAST_LATENCY_US = 1;

export function network(seed: number, latencyUs: number, jitterUs: number): Network {
  return { seed, latencyUs: Math.max(LEAST_LATENCY_US, latencyUs), jitterUs, links: new Map(), faults: null };
}

/** When a message sent now arrives, in µs: after the latency and its jitter, and never before what was sent earlier on the same connection. */
export function arrivalUs(net: Network, nowUs: number, from: ActorId, to: ActorId, connection: number): number {
  if (net.jitterUs === 0) return nowUs + net.latencyUs;
  const key = (from * 0x100000 + to) * 8 + connection;
  let link = net.links.get(key);
  if (!link) {
    link = { lastArrivalUs: 0, random: randomStream(net.seed, `link ${from} ${to} ${connection}`) };
    net.links.set(key, link);
  }
  const arrival = nowUs + net.latencyUs + nextBelow(link.random, net.jitterUs + 1);
  link.lastArrivalUs = arrival > link.lastArrivalUs ? arrival : link.lastArrivalUs;
  return link.lastArrivalUs;
}

/** From now on so many of a thousand messages are lost, drawn by a stream of chance of its own. */
export function loseMessages(net: Network, perMille: number): void {
  faultsOf(net).losePerMille = perMille;
}

/** Between these two nothing comes through until then, virtual µs; whoever waits for an answer finds out by its own clock. */
export function cut(net: Network, one: ActorId, other: ActorId, untilUs: number): void {
  faultsOf(net).cuts.set(pairKey(one, other), untilUs);
}

/** A connection is closed: messages up to this id that are still under way on it, either way, reach nobody. The next ones are on a new one. */
export function reset(net: Network, one: ActorId, other: ActorId, connection: number, lastMessage: number): void {
  const { resets, dead } = faultsOf(net);
  const key = pairKey(one, other) * 8 + connection;
  resets.set(key, lastMessage);
  dead.delete(key);
}

/** Whether a message that is sent now is lost on its way. */
export function isLost(net: Network, nowUs: number, from: ActorId, to: ActorId, connection: number): boolean {
  const { faults } = net;
  if (!faults) return false;
  const pair = pairKey(from, to);
  const key = pair * 8 + connection;
  if (nowUs < (faults.cuts.get(pair) ?? 0) || (faults.losePerMille > 0 && nextBelow(faults.random, 1000) < faults.losePerMille)) faults.dead.add(key);
  return faults.dead.has(key);
}

/** Whether the connection that a message came on was closed meanwhile. */
export function wasReset({ faults }: Network, { id, from, to, connection }: { readonly id: number; readonly from: ActorId; readonly to: ActorId; readonly connection: number }): boolean {
  return faults !== null && id <= (faults.resets.get(pairKey(from, to) * 8 + connection) ?? 0);
}

/** Nothing is wrong from now on. What was lost stays lost; returns the connections on which something was, for somebody to close. */
export function heal({ faults }: Network): (readonly [one: ActorId, other: ActorId, connection: number])[] {
  if (!faults) return [];
  faults.losePerMille = 0;
  faults.cuts.clear();
  return Array.from(faults.dead, (key) => [Math.floor(key / 8 / 0x100000), Math.floor(key / 8) % 0x100000, key % 8] as const);
}

function faultsOf(net: Network): Faults {
  return (net.faults ??= { random: randomStream(net.seed, "faults"), losePerMille: 0, resets: new Map(), dead: new Set(), cuts: new Map() });
}

/** The same for both directions. */
function pairKey(one: ActorId, other: ActorId): number {
  return Math.min(one, other) * 0x100000 + Math.max(one, other);
}
