import { ordersToAll, plainQueue, plainReceiver } from "../besideRabbit";
import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork } from "../slowedForTheEye";

export const lateSubscriber: Scenario = {
  schemaVersion: 2,
  name: { en: "A late subscriber", ko: "늦게 온 구독자" },
  description: {
    en: "Prices go to a topic and to a fanout exchange. **The topic keeps them, the exchange keeps nothing**: who comes late notices.",
    ko: "가격이 토픽과 팬아웃 익스체인지로 갑니다. **토픽은 간직하고 익스체인지는 남기지 않습니다.** 늦게 오면 알게 됩니다.",
  },
  seed: 53,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "prices", partitions: 1, configs: {} }],
  producers: [{ ...ordersToAll(1, ["prices"], [{ exchange: "feed", routingKey: "" }]), clientId: "quotes" }],
  groups: [{ groupId: "charts", topics: ["prices"], configs: slowGroupConfigs }],
  consumers: [{ clientId: "c1", groupId: "charts", processing: { timeMs: 250 } }],
  startMs: 26_000,
  speed: 1,
  verb: "addSubscriber",
  layout: {},
  labels: { "producer:quotes": { en: "prices", ko: "시세" } },
  amqp: {
    exchanges: [{ name: "feed", type: "fanout", durable: true }],
    queues: [{ ...plainQueue("feed.s1", "feed"), durable: false, exclusive: true }],
    receivers: [plainReceiver("r1", "feed.s1", 600)],
  },
};
