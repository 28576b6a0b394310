import type { Configs } from "../kafka/configs";
import type { RecordSource, Processing } from "../apps/program";
import type { BindingSpec, ExchangeSpec, QueueSpec } from "../queue/clients/declarations";
import type { PublisherSettings } from "../queue/clients/publisher";
import type { ReceiverSettings } from "../queue/clients/receiver";

/** What a world is made from: with the same spec and the same commands at the same moments, every run is the same, byte for byte. */
export interface ClusterSpec {
  /** Whole number, 0 to 2^32 - 1. */
  readonly seed: number;
  readonly network: NetworkSpec;
  /** Changed broker configs; all others have Kafka's defaults. */
  readonly brokerConfigs: Configs;
  readonly topics: readonly TopicSpec[];
  readonly producers: readonly ProducerSpec[];
  readonly groups: readonly GroupSpec[];
  readonly consumers: readonly ConsumerSpec[];
  /** A RabbitMQ broker beside the cluster, with what is declared in it and who receives; left out, there is none. */
  readonly amqp?: AmqpSpec;
}

export interface AmqpSpec {
  readonly exchanges: readonly ExchangeSpec[];
  readonly queues: readonly QueueSpec[];
  readonly receivers: readonly ReceiverSpec[];
}

export interface ReceiverSpec extends ReceiverSettings {
  /** Its consumer tag; unique among producers, consumers and receivers. */
  readonly name: string;
  readonly queue: string;
  readonly processing: Processing;
  /** Virtual ms at which its program starts in a world that begins with it; left out, with the world. */
  readonly startsAtMs?: number;
}

/** Where a producer's application sends each record by AMQP, too, and how. */
export interface PublishesSpec extends PublisherSettings {
  readonly targets: readonly BindingSpec[];
}

export interface NetworkSpec {
  /** One way, in virtual ms, to the microsecond. */
  readonly latencyMs: number;
  /** Added at random to each message, from 0 to this many ms; the order within a connection is kept. */
  readonly jitterMs: number;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  readonly configs: Configs;
}

export interface ProducerSpec {
  /** Kafka's `client.id`; unique among producers and consumers. */
  readonly clientId: string;
  /** Each record is sent to each of these topics. */
  readonly topics: readonly string[];
  readonly source: RecordSource;
  /** Changed producer configs. */
  readonly configs: Configs;
  readonly publishes?: PublishesSpec;
}

export interface GroupSpec {
  /** Kafka's `group.id`. */
  readonly groupId: string;
  /** What every member subscribes to. */
  readonly topics: readonly string[];
  /** Changed consumer configs, the same for every member. */
  readonly configs: Configs;
}

export interface ConsumerSpec {
  readonly clientId: string;
  readonly groupId: string;
  readonly processing: Processing;
}

/** How the same consumers get the records: all that read a topic in one group, each in a group of its own, or groups of several side by side. */
export type DeliveryMode = "queue" | "pubsub" | "mixed";

/** What becomes of a topic: it is as it is wanted; or it is asked for, to be changed, or to be deleted, and the cluster has not done so yet. */
export type TopicState = "there" | "asked" | "changing" | "going";
