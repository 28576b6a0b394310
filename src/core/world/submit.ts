import { sayHappened } from "../watch/say";
import type { Cluster } from "./cluster";
import { commandKind, type Command } from "./command";
import type { CommandProblem } from "./commandKind";
import { copyTopology } from "./topology";

/** Does what a person asked for, now. A refused command changes nothing and says why. */
export function submit(cluster: Cluster, command: Command): CommandProblem | null {
  const { topology } = cluster;
  const kind = commandKind(command.type);
  const problem = kind.validate(topology, command);
  if (problem) return problem;
  const before = copyTopology(topology);
  kind.fold(topology, command);
  cluster.wiring++;
  sayHappened(cluster, kind.perform(cluster, command, before));
  return null;
}
