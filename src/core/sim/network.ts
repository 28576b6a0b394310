import type { ActorId } from "./message";
import { nextBelow, randomStream, type RandomStream } from "./random";

/** The simulated network: every connection keeps its order (TCP), and has a latency and a stream of chance of its own. */
export interface Network {
  seed: number;
  latencyUs: number;
  jitterUs: number;
  links: Map<number, Link>;
}

interface Link {
  lastArrivalUs: number;
  random: RandomStream;
}

/** Nothing arrives in the instant it is sent: who asks again at once would stop the clock. */
const LEAST_LATENCY_US = 1;

export function network(seed: number, latencyUs: number, jitterUs: number): Network {
  return { seed, latencyUs: Math.max(LEAST_LATENCY_US, latencyUs), jitterUs, links: new Map() };
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
