import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowNetwork } from "../slowedForTheEye";

export const slowReceiver: Scenario = {
  schemaVersion: 2,
  name: { en: "A slow receiver", ko: "느린 수신자" },
  description: {
    en: "The broker pushes messages to both in turn, without a limit. **They wait in the hands of the slow one**, and the fast one idles.",
    ko: "브로커가 두 수신자에게 번갈아, 제한 없이 밀어 보냅니다. **느린 수신자의 손에서 기다리고** 빠른 쪽은 쉽니다.",
  },
  seed: 37,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [],
  producers: [ordersToAll(1.2, [], [{ exchange: "", routingKey: "orders.queue" }])],
  groups: [],
  consumers: [],
  startMs: 40_000,
  speed: 1,
  verb: "limitPrefetch",
  layout: {},
  labels: {
    "producer:checkout": { en: "checkout", ko: "결제" },
    "receiver:r1": { en: "fast", ko: "빠른 쪽" },
    "receiver:r2": { en: "slow", ko: "느린 쪽" },
  },
  amqp: {
    exchanges: [],
    queues: [plainQueue("orders.queue")],
    receivers: [
      { ...plainReceiver("r1", "orders.queue", 200), prefetchCount: 0 },
      { ...plainReceiver("r2", "orders.queue", 4000), prefetchCount: 0 },
    ],
  },
};
