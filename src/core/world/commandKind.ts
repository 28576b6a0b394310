import type { Narration } from "../picture/image";
import type { RebalanceCause } from "../watch/watch";
import type { Cluster } from "./cluster";
import type { Topology } from "./topology";

/** A command as far as all of them are alike. */
export interface AnyCommand {
  readonly type: string;
}

/** One thing that a person can do to a running world, whole. Its schema and its form in a link are its file in `scenario/commands`. */
export interface CommandKind<Given extends AnyCommand> {
  readonly type: Given["type"];
  /** Why it cannot be given to this world, or null. */
  validate(topology: Topology, command: Given): CommandProblem | null;
  /** Folds one that is valid into what is wanted. */
  fold(topology: Topology, command: Given): void;
  /**
   * Carries it out with the clients and the admin client, once it is folded. `before` is what was wanted before it; `cause` names why a
   * group will rebalance, where that is not the command itself.
   */
  perform(cluster: Cluster, command: Given, before: Topology, cause?: RebalanceCause): Happened | null;
  /** The command that takes it back now, given the world before it; null where Kafka has none: it is undone by rewinding. */
  inverse(command: Given, before: Topology): AnyCommand | null;
}

/** What is said of a command that was carried out, and whether it is marked on the timeline. */
export interface Happened extends Narration {
  readonly severity: "info" | "bad" | null;
}

/** Why a command was refused; nothing has changed then. `params` fill the sentence the user reads. */
export interface CommandProblem {
  readonly reason:
    | "nameTaken"
    | "amqpBrokerDown"
    | "nameInvalid"
    | "unknownTopic"
    | "unknownProducer"
    | "unknownGroup"
    | "unknownConsumer"
    | "limitReached"
    | "partitionsOnlyUp"
    | "configInvalid"
    | "valueInvalid"
    | "groupNotEmpty"
    | "neverMixed"
    | "journalFull"
    | "unknownQueue"
    | "unknownExchange"
    | "unknownReceiver"
    | "queueInUse"
    | "argumentsInvalid"
    | "brokerNotThere";
  readonly params: Readonly<Record<string, string | number>>;
}

/** Shorthand for what happened. */
export function happened(id: string, params: Narration["params"], severity: Happened["severity"] = "info"): Happened {
  return { id, params, severity };
}
