import { clusterLimits } from "../kafka/limits";
import { type Command, validateCommand } from "../world/command";
import type { CommandProblem } from "../world/commandKind";
import { runUntil } from "../world/kernel/run";
import { submit } from "../world/submit";
import { type DroppedFuture, dropFuture } from "./future";
import { type History, headAt } from "./history";
import { advance } from "./winding";
import { share } from "../sim/share";

/**
 * Gives a command at the end of the present moment: what else happens at this very time has happened, so time and order say where the
 * command stands. Where the run was wound back, its old future ends here and is returned, unless the command is refused.
 */
export function give(history: History, command: Command): { problem: CommandProblem | null; dropped: DroppedFuture | null } {
  if (history.applied >= clusterLimits.maxJournalCommands) return { problem: { reason: "journalFull", params: { value: clusterLimits.maxJournalCommands } }, dropped: null };
  const problem = validateCommand(history.cluster.topology, command);
  if (problem) return { problem, dropped: null };
  const { cluster } = history;
  const { nowUs: timeUs } = cluster;
  const dropped = dropFuture(history);
  advance(history, timeUs);
  history.journal.push(share({ timeUs, eventCount: cluster.eventCount, command }));
  submit(cluster, command);
  history.applied++;
  runUntil(cluster, timeUs);
  history.head = headAt(cluster, history.applied);
  return { problem: null, dropped };
}
