import type { Configs } from "../kafka/configs";
import type { Processing, RecordSource } from "../apps/program";
import type { ConsumerSpec, DeliveryMode, GroupSpec, ProducerSpec, TopicSpec } from "./spec";

/** Everything a person can do to a running world. A run is its spec and its list of stamped commands. */
export type Command =
  | { readonly type: "createTopic"; readonly topic: TopicSpec }
  | { readonly type: "deleteTopic"; readonly topic: string }
  /** `count` is the new total; Kafka only ever adds partitions. */
  | { readonly type: "createPartitions"; readonly topic: string; readonly count: number }
  /** Only what changes; null sets a config back to its default (IncrementalAlterConfigs). */
  | { readonly type: "alterTopicConfigs"; readonly topic: string; readonly configs: Configs }
  | { readonly type: "addProducer"; readonly producer: ProducerSpec }
  | { readonly type: "removeProducer"; readonly clientId: string }
  | {
      readonly type: "alterProducer";
      readonly clientId: string;
      readonly topics?: readonly string[];
      /** What changes of the record source. */
      readonly source?: Partial<RecordSource>;
      /** What changes, as for a topic. The producer restarts with it. */
      readonly configs?: Configs;
    }
  | { readonly type: "addGroup"; readonly group: GroupSpec }
  | { readonly type: "removeGroup"; readonly groupId: string }
  | {
      readonly type: "alterGroup";
      readonly groupId: string;
      readonly topics?: readonly string[];
      /** What changes, as for a topic. Every member restarts with it. */
      readonly configs?: Configs;
    }
  | { readonly type: "addConsumer"; readonly consumer: ConsumerSpec }
  /** `crash` sends no LeaveGroup: the group finds out when the session times out. */
  | { readonly type: "removeConsumer"; readonly clientId: string; readonly how: "close" | "crash" }
  | { readonly type: "moveConsumer"; readonly clientId: string; readonly groupId: string }
  | { readonly type: "alterConsumer"; readonly clientId: string; readonly processing: Processing }
  | { readonly type: "deliverAs"; readonly mode: DeliveryMode };

/** A command with the exact point of the run at which it was given. */
export interface StampedCommand {
  readonly timeUs: number;
  /** Events run before it. */
  readonly eventCount: number;
  readonly command: Command;
}

/** Why a command was refused; nothing has changed then. `params` fill the sentence the user reads. */
export interface CommandProblem {
  readonly reason:
    | "nameTaken"
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
    | "journalFull";
  readonly params: Readonly<Record<string, string | number>>;
}
