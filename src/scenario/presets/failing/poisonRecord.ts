import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

/** The order that no program can read: the consumer's process ends with it, and the receiver gives it back. */
const POISON = { numbers: [9] } as const;

export const poisonRecord: Scenario = {
  schemaVersion: 2,
  name: { en: "A poison record", ko: "문제 레코드(poison)" },
  description: {
    en: "One order makes every program fail that reads it. **It is read again and again, and all behind it wait**, in Kafka and in RabbitMQ.",
    ko: "주문 하나가 읽는 프로그램마다 실패하게 합니다. **자꾸 다시 읽히고 그 뒤는 모두 기다립니다.** Kafka와 RabbitMQ 모두 그렇습니다.",
  },
  seed: 43,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 1, configs: {} }],
  producers: [ordersToAll(0.6, ["orders"], [{ exchange: "", routingKey: "orders.queue" }])],
  groups: [{ groupId: "billing", topics: ["orders"], configs: { ...slowGroupConfigs, "session.timeout.ms": 6000 } }],
  consumers: [{ clientId: "c1", groupId: "billing", processing: { timeMs: 300, failure: { how: "crash", ...POISON } } }],
  startMs: 24_000,
  speed: 1,
  verb: "setAside",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [{ ...plainQueue("orders.queue"), arguments: { "x-dead-letter-exchange": "", "x-dead-letter-routing-key": "orders.dead" } }, plainQueue("orders.dead")],
    receivers: [
      {
        ...plainReceiver("r1", "orders.queue", 300),
        prefetchCount: 1,
        processing: { timeMs: 300, settle: "each", failure: { how: "throw", ...POISON }, rescue: { retries: 0, backoffMs: 0, giveUp: "requeue" } },
      },
    ],
  },
};
