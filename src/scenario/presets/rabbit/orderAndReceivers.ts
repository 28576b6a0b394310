import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

export const orderAndReceivers: Scenario = {
  schemaVersion: 2,
  name: { en: "Order with several receivers", ko: "수신자가 여럿일 때의 순서" },
  description: {
    en: "In the shared queue **a later message of a customer may be done first**. A topic, and one active receiver, keep the order.",
    ko: "함께 받는 큐에서는 **같은 고객의 나중 메시지가 먼저 끝날 수 있습니다**. 토픽과 단일 활성 수신자는 순서를 지킵니다.",
  },
  seed: 38,
  // Without jitter, whoever is started first subscribes first.
  network: { ...slowNetwork, jitterMs: 0 },
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [{ ...ordersToAll(1.1, ["orders"], [{ exchange: "", routingKey: "shared" }, { exchange: "", routingKey: "single" }]), source: { ratePerSecond: 1.1, keys: { kind: "range", prefix: "user-", from: 1, to: 3 }, valueSizeInBytes: 0 } }],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 300 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 850 } },
  ],
  startMs: 30_000,
  speed: 1,
  verb: "killReaders",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("shared"), { ...plainQueue("single"), arguments: { "x-single-active-consumer": true } }],
    receivers: [
      { ...plainReceiver("r1", "shared", 300), prefetchCount: 1 },
      { ...plainReceiver("r2", "shared", 1800), prefetchCount: 1 },
      { ...plainReceiver("r3", "single", 300), prefetchCount: 1 },
      { ...plainReceiver("r4", "single", 300), prefetchCount: 1 },
    ],
  },
};
