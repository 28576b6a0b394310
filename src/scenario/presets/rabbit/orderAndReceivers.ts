import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

export const orderAndReceivers: Scenario = {
  schemaVersion: 2,
  name: { en: "Order with several receivers", ko: "수신자가 여럿일 때의 순서" },
  description: {
    en: "One reader of each pair is slow. **In the queue a later message may be done first**; a topic keeps each customer's order.",
    ko: "한쪽이 느립니다. **큐에서는 같은 고객의 나중 메시지가 먼저 끝날 수 있고**, 토픽은 키마다 순서를 지킵니다.",
  },
  seed: 38,
  // Without jitter, whoever is started first subscribes first.
  network: { ...slowNetwork, jitterMs: 0 },
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [{ ...ordersToAll(1.1, ["orders"], [{ exchange: "", routingKey: "orders.queue" }]), source: { ratePerSecond: 1.1, keys: { kind: "range", prefix: "user-", from: 1, to: 3 }, valueSizeInBytes: 0 } }],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 300 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 850 } },
  ],
  startMs: 30_000,
  speed: 1,
  verb: "oneActive",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("orders.queue")],
    receivers: [
      { ...plainReceiver("r1", "orders.queue", 300), prefetchCount: 1 },
      { ...plainReceiver("r2", "orders.queue", 1800), prefetchCount: 1 },
    ],
  },
};
