import type { Scenario } from "../scenario";
import { oneBrokerConfigs, ordersLabels, ordersProducers, slowGroupConfigs, slowNetwork } from "./slowedForTheEye";

export const orders: Scenario = {
  schemaVersion: 2,
  name: { en: "Orders: a topic or a queue?", ko: "주문 처리: 토픽일까, 큐일까?" },
  description: {
    en: "Two producers, four partitions, two consumers of one group: each record is handled by one of them, and stays in the log.",
    ko: "프로듀서 2개, 파티션 4개, 한 그룹에 컨슈머 2개입니다. 레코드마다 컨슈머 하나가 처리하고, 로그에는 그대로 남습니다.",
  },
  seed: 20,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: ordersProducers(2.4),
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 380 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 380 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addConsumer",
  layout: {},
  labels: ordersLabels,
};
