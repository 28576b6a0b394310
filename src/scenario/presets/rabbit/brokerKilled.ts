import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowNetwork } from "../slowedForTheEye";

export const brokerKilled: Scenario = {
  schemaVersion: 2,
  name: { en: "The broker is killed", ko: "브로커가 강제 종료될 때" },
  description: {
    en: "Each order goes to a queue on disk (durable), and to one in memory only. **Only what is on disk outlives its broker.**",
    ko: "주문마다 디스크에 있는 큐(durable)와 메모리에만 있는 큐로 갑니다. **브로커가 강제 종료되면 디스크에 있는 것만 남습니다.**",
  },
  seed: 39,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [],
  producers: [ordersToAll(1, [], [{ exchange: "", routingKey: "on.disk" }, { exchange: "", routingKey: "in.memory" }])],
  groups: [],
  consumers: [],
  startMs: 24_000,
  speed: 1,
  verb: "killAmqpBroker",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
  amqp: {
    exchanges: [],
    queues: [plainQueue("on.disk"), { ...plainQueue("in.memory"), durable: false }],
    receivers: [plainReceiver("r1", "on.disk", 1300), plainReceiver("r2", "in.memory", 1300)],
  },
};
