import type { Broker, BrokerContext } from "./broker";
import type { Parked } from "./purgatory";

/** How an API treats its requests that wait. */
export interface ParkedApi<Request extends Parked> {
  /** Whether it need not wait any longer. */
  isDone(broker: Broker, parked: Request): boolean;
  /** Answers as things are: it need not wait, or its time is over. */
  answer(broker: Broker, context: BrokerContext, parked: Request): void;
}
