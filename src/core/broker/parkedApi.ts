import type { Broker, BrokerContext } from "./broker";
import type { TopicPartitionName } from "../kafka/topicPartition";
import type { Parked } from "./purgatory";

/** How an API treats its requests that wait. */
export interface ParkedApi<Request extends Parked> {
  /** Whether it need not wait any longer; `changed` is the partition that has changed since it was looked at. */
  isDone(broker: Broker, parked: Request, changed: TopicPartitionName): boolean;
  /** Answers as things are: it need not wait, or its time is over. */
  answer(broker: Broker, context: BrokerContext, parked: Request): void;
}
