import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowNetwork } from "../slowedForTheEye";

export const receiverDies: Scenario = {
  schemaVersion: 2,
  name: { en: "A receiver dies", ko: "수신자가 비정상 종료될 때" },
  description: {
    en: "Each receiver has some messages in its hands. **What it has not acknowledged is not gone**: kill one, and see where they go.",
    ko: "수신자마다 메시지를 몇 개씩 갖고 있습니다. **확인 응답하지 않은 것은 사라지지 않습니다.**",
  },
  seed: 33,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [],
  producers: [ordersToAll(1.6, [], [{ exchange: "", routingKey: "orders.queue" }])],
  groups: [],
  consumers: [],
  startMs: 40_000,
  speed: 1,
  verb: "killReceiver",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("orders.queue")],
    receivers: ["r1", "r2"].map((name) => ({ ...plainReceiver(name, "orders.queue", 1400), prefetchCount: 4 })),
  },
};
