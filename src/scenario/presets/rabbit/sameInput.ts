import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";
import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";

export const sameInput: Scenario = {
  schemaVersion: 2,
  name: { en: "The same input to all three", ko: "세 방식에 같은 입력" },
  description: {
    en: "Each order goes to a topic, a queue and a fanout exchange. **A queue forgets what was acknowledged; a topic does not**; s2 came late.",
    ko: "주문마다 토픽, 큐, 팬아웃 익스체인지로 갑니다. **큐는 확인 응답을 받으면 잊고, 토픽은 잊지 않습니다.** s2는 늦게 왔습니다.",
  },
  seed: 31,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [ordersToAll(1.2, ["orders"], [{ exchange: "", routingKey: "orders.queue" }, { exchange: "orders.fanout", routingKey: "" }])],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 1100 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 1100 } },
  ],
  startMs: 36_000,
  speed: 1,
  verb: "killReceiver",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [{ name: "orders.fanout", type: "fanout", durable: true }],
    queues: [plainQueue("orders.queue"), { ...plainQueue("s1.queue", "orders.fanout"), durable: false, exclusive: true }, { ...plainQueue("s2.queue", "orders.fanout"), durable: false, exclusive: true }],
    receivers: [plainReceiver("r1", "orders.queue", 1850), plainReceiver("r2", "orders.queue", 1850), plainReceiver("s1", "s1.queue", 600), { ...plainReceiver("s2", "s2.queue", 600), startsAtMs: 26_000 }],
  },
};
