import { worldDigest } from "../world/worldDigest";
import { digest } from "../sim/digest";
import { nextBelow, randomStream, type RandomStream } from "../sim/random";
import { bootCluster } from "../world/boot";
import { checkCheckpoint, checkDelta, checkProjection } from "./checkpointInvariants";
import { copyCluster, type Cluster } from "../world/cluster";
import type { ClusterDelta, ClusterImage } from "../picture/image";
import { checkEvent } from "./invariants";
import { logsDigest } from "./logsDigest";
import { project } from "../picture/project";
import { endFaults, randomFault } from "./random/randomFault";
import { addQueueParts } from "./queue/queueChecks";
import { randomQueueCommands, randomQueueFault, randomQueueSpec } from "./random/randomQueueWorld";
import { randomProgramCommands, randomProgramSpec } from "./random/randomPrograms";
import { randomCommands, randomSpec } from "./random/randomWorld";
import { runUntil, type EventSink } from "../world/kernel/run";
import { settle } from "./settling";
import type { Command } from "../world/command";
import type { ClusterSpec } from "../world/spec";
import type { Topology } from "../world/topology";
import { newWitness } from "./witness";
import { submit } from "../world/submit";

addQueueParts();

const SECOND_US = 1_000_000;
const MOST_US = 1200 * SECOND_US;

export interface SimulationReport {
  /** Events, each checked. */
  readonly events: number;
  /** Commands that were not refused. */
  readonly commands: number;
  /** Of the world before it settled. */
  readonly digest: string;
}

/** The page's way to take a delta in. */
export type ApplyDelta = (image: ClusterImage, delta: ClusterDelta) => ClusterImage;

/** What a random world is made of, and what is done to it. */
interface Kind {
  spec(seed: number): ClusterSpec;
  commands(topology: Topology, random: RandomStream): readonly Command[];
  fault(cluster: Cluster, random: RandomStream): void;
}

const kinds: { readonly [Name in "topics" | "programs" | "queues"]: Kind } = {
  topics: { spec: randomSpec, commands: randomCommands, fault: randomFault },
  programs: { spec: randomProgramSpec, commands: randomProgramCommands, fault: randomFault },
  queues: { spec: randomQueueSpec, commands: randomQueueCommands, fault: randomQueueFault },
};

/** What a run is to be like beyond its seed. */
export interface SimulationOptions {
  /** Kafka alone, with programs that fail, or with RabbitMQ beside it; left out, Kafka alone. */
  readonly world?: keyof typeof kinds;
  /** The network fails now and then, drawn from a stream of chance of its own: the world without faults stays what it is. */
  readonly hasFaults?: boolean;
  /** It goes on until so many events have run, or twenty virtual minutes are over. */
  readonly leastEvents?: number;
}

/**
 * One seeded run: a random world for 30 to 60 virtual seconds, or longer where so many events are asked for, under random commands, then in
 * peace until its groups have caught up. The same run made again, from its beginning or from a copy on the way, must end in the same state.
 * Throws where an invariant does not hold.
 */
export function simulateSeed(seed: number, applyDelta: ApplyDelta, options: SimulationOptions = {}): SimulationReport {
  const run = beginRun(seed, options);
  try {
    return simulate(run, seed, applyDelta, options);
  } catch (error) {
    const { nowUs, eventCount } = run.cluster;
    throw new Error(`seed ${seed}, ${nowUs / SECOND_US} s, event ${eventCount}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

function simulate(run: Run, seed: number, applyDelta: ApplyDelta, options: SimulationOptions): SimulationReport {
  const { cluster } = run;
  const witness = newWitness();
  witness.hasFaults = run.faults !== null;
  const sink: EventSink = (_cluster, event) => ensure(checkEvent(witness, cluster, event));
  const chance = randomStream(seed, "when to look");
  let again = nextBelow(chance, 4) === 0 ? beginRun(seed, options) : null;
  let drawn = project(cluster, null);
  while (goOn(run, sink)) {
    if (nextBelow(chance, 8) === 0) ensure(checkCheckpoint(witness, cluster));
    if (nextBelow(chance, 3) === 0) {
      const next = project(cluster, drawn);
      ensure(checkProjection(cluster, next.image));
      ensure(checkDelta(drawn.image, next.image, applyDelta));
      drawn = next;
    }
    if (again === null && nextBelow(chance, 8) === 0) again = copyRun(run);
  }
  const straight = worldDigest(cluster);
  if (again !== null) ensure(worldDigest(finish(again)) === straight ? null : "the run made again ended in another state");
  if (run.faults) endFaults(cluster);
  ensure(settle(cluster, witness, sink));
  ensure(checkCheckpoint(witness, cluster));
  return { events: cluster.eventCount, commands: run.commands, digest: straight };
}

/** A broken invariant ends the run. */
function ensure(problem: string | null): void {
  if (problem !== null) throw new Error(problem);
}

/** A random world and the chance that says what is done to it: all that a run depends on. */
interface Run {
  readonly kind: Kind;
  readonly cluster: Cluster;
  readonly random: RandomStream;
  readonly faults: RandomStream | null;
  readonly endUs: number;
  readonly leastEvents: number;
  /** It never stops in the middle of an instant: where it stops says nothing of how many events an engine needs. */
  readonly isByTime: boolean;
  commands: number;
}

function beginRun(seed: number, { hasFaults = false, leastEvents = 0, world = "topics" }: SimulationOptions = {}): Run {
  const random = randomStream(seed, "simulation");
  const faults = hasFaults ? randomStream(seed, "network faults") : null;
  const kind = kinds[world];
  return { kind, cluster: bootCluster(kind.spec(seed)), random, faults, endUs: (30 + nextBelow(random, 31)) * SECOND_US, leastEvents, isByTime: false, commands: 0 };
}

function copyRun(run: Run): Run {
  return { ...run, cluster: copyCluster(run.cluster), random: { ...run.random }, faults: run.faults && { ...run.faults } };
}

function finish(run: Run): Cluster {
  while (goOn(run));
  return run.cluster;
}

/** Runs on for a while, sometimes only into the middle of a busy instant, and then perhaps gives commands. Returns false at the end. */
function goOn(run: Run, sink?: EventSink): boolean {
  const { kind, cluster, random, faults, endUs, leastEvents, isByTime } = run;
  const isDone = cluster.nowUs >= endUs && (cluster.eventCount >= leastEvents || cluster.nowUs >= MOST_US);
  if (isDone) return false;
  if (faults && nextBelow(faults, 4) === 0) kind.fault(cluster, faults);
  const budget = nextBelow(random, 4) === 0 ? 1 + nextBelow(random, 40) : Infinity;
  const maxEvents = isByTime ? Infinity : budget;
  runUntil(cluster, Math.min(cluster.nowUs < endUs ? endUs : Infinity, cluster.nowUs + 1 + nextBelow(random, 3 * SECOND_US)), maxEvents, sink);
  if (nextBelow(random, 2) === 0) return true;
  for (const command of kind.commands(cluster.topology, random)) {
    const before = sink && digest(cluster.topology);
    if (submit(cluster, command) === null) run.commands++;
    else if (before !== undefined && digest(cluster.topology) !== before) throw new Error(`${command.type} was refused, and is wanted all the same`);
    if (nextBelow(random, 2) === 0) runUntil(cluster, cluster.nowUs + nextBelow(random, SECOND_US), Infinity, sink);
  }
  return true;
}

/** What a random world has stored after its commands, before it settles (SIM-11): the same for every engine that behaves the same, however many events it needs. */
export function logsOfSeed(seed: number, world: SimulationOptions["world"] = "topics"): string {
  return logsDigest(finish({ ...beginRun(seed, { world }), isByTime: true }));
}
