import { RESTART_MS } from "../../apps/attempt";
import type { ActorId } from "../../sim/message";
import { timer } from "../../sim/timer";
import type { ActorKind } from "../actorKind";
import { addActor, type Actor, type Cluster } from "../cluster";
import { setTimer } from "../kernel/post";
import { removeActor } from "../kernel/removeActor";

/** Starts a program at its time, and again when its process has ended: what systemd, Kubernetes and their like do. */
interface Supervisor extends Actor {
  readonly kind: "supervisor";
  readonly name: string;
  /** The kind of program. */
  readonly of: string;
}

const RESTART = timer("restart");

/** By kind of program, how it is started. They belong to no world. */
const starts = new Map<string, (cluster: Cluster, name: string) => void>();

export const supervisorKind: ActorKind<Supervisor> = {
  kind: "supervisor",
  nameOf: ({ name }) => `supervisor of ${name}`,
  onMessage: () => undefined,
  onTimer: (cluster: Cluster, id: ActorId, { of, name }) => {
    removeActor(cluster, id);
    starts.get(of)?.(cluster, name);
  },
};

/** Says how a kind of program is started. */
export function supervise(of: string, start: (cluster: Cluster, name: string) => void): void {
  starts.set(of, start);
}

/** A program has ended in the middle of something: it is started again after a while. */
export function startAgainLater(cluster: Cluster, of: string, name: string): void {
  startAt(cluster, of, name, cluster.nowUs + RESTART_MS * 1000);
}

/** Starts a program at a virtual time, in µs, if it is still wanted then. */
export function startAt(cluster: Cluster, of: string, name: string, timeUs: number): void {
  const supervisor: Supervisor = { kind: "supervisor", name, of };
  setTimer(cluster, addActor(cluster, supervisor), RESTART, timeUs);
}
