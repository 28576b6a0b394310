import type { queueCommands } from "./commands/queue/queueCommands";
import type { AnyCommand, CommandKind, CommandProblem } from "./commandKind";
import { addConsumer } from "./commands/addConsumer";
import { addGroup } from "./commands/addGroup";
import { addProducer } from "./commands/addProducer";
import { alterConsumer } from "./commands/alterConsumer";
import { alterGroup } from "./commands/alterGroup";
import { alterProducer } from "./commands/alterProducer";
import { alterTopicConfigs } from "./commands/alterTopicConfigs";
import { createPartitions } from "./commands/createPartitions";
import { createTopic } from "./commands/createTopic";
import { deleteTopic } from "./commands/deleteTopic";
import { deliverAs } from "./commands/deliverAs";
import { moveConsumer } from "./commands/moveConsumer";
import { removeConsumer } from "./commands/removeConsumer";
import { removeGroup } from "./commands/removeGroup";
import { removeProducer } from "./commands/removeProducer";
import type { Topology } from "./topology";

/** Everything a person can do to a running world. A run is its spec and its list of stamped commands. */
const ours = [
  createTopic,
  deleteTopic,
  createPartitions,
  alterTopicConfigs,
  addProducer,
  removeProducer,
  alterProducer,
  addGroup,
  removeGroup,
  alterGroup,
  addConsumer,
  removeConsumer,
  moveConsumer,
  alterConsumer,
  deliverAs,
];

type Ours = (typeof ours)[number] | (typeof queueCommands)[number];
export type Command = Ours extends infer Kind ? (Kind extends CommandKind<infer Given> ? Given : never) : never;

/** A command with the exact point of the run at which it was given. */
export interface StampedCommand {
  readonly timeUs: number;
  /** Events run before it. */
  readonly eventCount: number;
  readonly command: Command;
}

/** The table by which commands are found. It is filled while modules load, and belongs to no world. */
const kinds = new Map<string, CommandKind<AnyCommand>>();
for (const kind of ours) kinds.set(kind.type, kind as unknown as CommandKind<AnyCommand>); // each by its own type

/** Adds a kind of command; a chunk that is loaded later adds its own then. */
export function addCommand<Given extends AnyCommand>(kind: CommandKind<Given>): void {
  kinds.set(kind.type, kind as unknown as CommandKind<AnyCommand>); // only ever called with commands of this type
}

/** The entry of a type of command. */
export function commandKind(type: string): CommandKind<AnyCommand> {
  const kind = kinds.get(type);
  if (!kind) throw new Error(`there is no command ${type}`);
  return kind;
}

/** Why a command cannot be given to this world, or null. */
export function validateCommand(topology: Topology, command: Command): CommandProblem | null {
  return commandKind(command.type).validate(topology, command);
}

/** The command that takes another one back now, given the world before it; null where it is undone by rewinding. */
export function inverseOf(command: Command, before: Topology): Command | null {
  return commandKind(command.type).inverse(command, before) as Command | null; // an entry gives commands of this table
}
