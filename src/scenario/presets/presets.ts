import type { Scenario } from "../scenario";
import { orders } from "./orders";

/**
 * The scenes that come with the page, in the order of the menu. The page opens on the first,
 * so that one is here at once. Ids stand in addresses and never change.
 */
export const presets: readonly { readonly id: string; readonly load: () => Promise<Scenario> }[] = [
  { id: "orders", load: async () => orders },
  { id: "pubsub-two-groups", load: async () => (await import("./pubsubTwoGroups")).pubsubTwoGroups },
  { id: "queue-and-pubsub", load: async () => (await import("./queueAndPubsub")).queueAndPubsub },
  { id: "slow-consumer", load: async () => (await import("./slowConsumer")).slowConsumer },
  { id: "more-consumers-than-partitions", load: async () => (await import("./moreConsumersThanPartitions")).moreConsumersThanPartitions },
  { id: "keys-and-order", load: async () => (await import("./keysAndOrder")).keysAndOrder },
  { id: "sticky-partitioner", load: async () => (await import("./stickyPartitioner")).stickyPartitioner },
  { id: "rebalance-protocols", load: async () => (await import("./rebalanceProtocols")).rebalanceProtocols },
];
