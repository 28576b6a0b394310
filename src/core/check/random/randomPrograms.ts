import type { Failure, Processing, Rescue } from "../../apps/program";
import { nextBelow, randomStream, type RandomStream } from "../../sim/random";
import type { Command } from "../../world/command";
import { pick } from "./randomSpecs";
import type { ClusterSpec } from "../../world/spec";
import type { Topology } from "../../world/topology";
import { randomCommands, randomSpec } from "./randomWorld";

/** Where programs send on to; they are topics like others, which groups may read and people delete. */
const SINKS = ["sink-1", "sink-2", "sink-3"];

/** A random world whose programs fail. */
export function randomProgramSpec(seed: number): ClusterSpec {
  const random = randomStream(seed, "random programs");
  const spec = randomSpec(seed);
  const consumers = spec.consumers.map((consumer) => ({ ...consumer, processing: randomProgram(random) }));
  return { ...spec, topics: [...spec.topics, ...SINKS.map((name) => ({ name, partitions: 1, configs: {} }))], consumers };
}

/** What a person may do in one go to such a world; changed programs fail in other ways. */
export function randomProgramCommands(topology: Topology, random: RandomStream): readonly Command[] {
  return randomCommands(topology, random).map((command): Command => {
    if (command.type === "alterConsumer") return { ...command, processing: randomProgram(random) };
    return command.type === "addConsumer" ? { ...command, consumer: { ...command.consumer, processing: randomProgram(random) } } : command;
  });
}

function randomProgram(random: RandomStream): Processing {
  return {
    timeMs: pick(random, [1, 20, 200, 700]),
    ...(nextBelow(random, 3) === 0 && { workers: pick(random, [1, 2, 8]) }),
    ...(nextBelow(random, 2) === 0 && { settle: pick(random, ["before", "after", "each", "each", "async"] as const) }),
    ...(nextBelow(random, 2) === 0 && { failure: randomFailure(random) }),
    ...(nextBelow(random, 2) === 0 && { rescue: randomRescue(random) }),
    ...(nextBelow(random, 4) === 0 && { forwardTo: pick(random, SINKS) }),
  };
}

function randomFailure(random: RandomStream): Failure {
  const which: Omit<Failure, "how"> = pick(random, [{ percent: 5 }, { percent: 30 }, { keys: ["key-1", "a"] }, { numbers: [3, 8, 50] }]);
  return { how: pick(random, ["throw", "throw", "throw", "crash", "stall"]), ...which };
}

function randomRescue(random: RandomStream): Rescue {
  return {
    retries: pick(random, [0, 0, 2]),
    backoffMs: pick(random, [0, 50, 1000]),
    giveUp: pick(random, ["stop", "skip", "forward", "forward"]),
    topics: pick(random, [SINKS, SINKS.slice(2), []]),
    delayMs: pick(random, [0, 500, 3000]),
  };
}
