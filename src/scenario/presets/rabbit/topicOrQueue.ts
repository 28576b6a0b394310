import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

export const topicOrQueue: Scenario = {
  schemaVersion: 2,
  name: { en: "Is it a topic or a queue?", ko: "토픽일까, 큐일까?" },
  description: {
    en: "Every order goes to a topic and to a queue. **The group of two and the queue share the work**; each further group gets all of it.",
    ko: "주문마다 토픽과 큐로 갑니다. **컨슈머가 둘인 그룹과 큐는 일을 나누고**, 다른 그룹은 모두 받습니다.",
  },
  seed: 32,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [ordersToAll(1.2, ["orders"], [{ exchange: "", routingKey: "orders.queue" }])],
  groups: ["billing", "analytics", "mailing"].map((groupId) => ({ groupId, topics: ["orders"], configs: slowGroupConfigs })),
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 1100 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 1100 } },
    { clientId: "c3", groupId: "analytics", processing: { timeMs: 200 } },
    { clientId: "c4", groupId: "mailing", processing: { timeMs: 200 } },
  ],
  startMs: 24_000,
  speed: 1,
  verb: "addGroup",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("orders.queue")],
    receivers: [plainReceiver("r1", "orders.queue", 1500), plainReceiver("r2", "orders.queue", 1500)],
  },
};
