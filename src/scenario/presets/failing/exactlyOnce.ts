import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowNetwork } from "../slowedForTheEye";

export const exactlyOnce: Scenario = {
  schemaVersion: 2,
  name: { en: "RabbitMQ delivers \"exactly once\"", ko: "“RabbitMQ는 정확히 한 번 전달한다”" },
  description: {
    en: "While nothing fails, each message is done once, so people say exactly once. **One that dies before it acknowledges shows more.**",
    ko: "장애가 없으면 한 번씩 처리되므로 정확히 한 번이라고들 합니다. **확인 응답 전에 종료되면 두 번이 됩니다.**",
  },
  seed: 46,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [],
  producers: [ordersToAll(1.6, [], [{ exchange: "", routingKey: "orders.queue" }])],
  groups: [],
  consumers: [],
  startMs: 30_000,
  speed: 1,
  verb: "killReceiver",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("orders.queue")],
    receivers: [
      // It acknowledges several together, as programs do that are to be quick; it is the slow one, so that it has always some to acknowledge.
      { ...plainReceiver("r1", "orders.queue", 2200), prefetchCount: 8, processing: { timeMs: 2200, settle: "after" } },
      plainReceiver("r2", "orders.queue", 500),
    ],
  },
};
