import type { Scenario } from "../scenario";
import { oneBrokerConfigs, ordersLabels, ordersProducers, slowGroupConfigs, slowNetwork } from "./slowedForTheEye";

export const queueAndPubsub: Scenario = {
  schemaVersion: 2,
  name: { en: "Queue and pub/sub at once", ko: "큐와 발행/구독을 동시에" },
  description: {
    en: "Four partitions read by a group of two and a group of four: a queue inside each group, pub/sub across them.",
    ko: "파티션 4개를 컨슈머가 2개인 그룹과 4개인 그룹이 함께 읽습니다. 그룹 안에서는 큐, 그룹 사이에서는 발행/구독입니다.",
  },
  seed: 22,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: ordersProducers(3),
  groups: [
    { groupId: "billing", topics: ["orders"], configs: slowGroupConfigs },
    { groupId: "shipping", topics: ["orders"], configs: slowGroupConfigs },
  ],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 400 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 400 } },
    { clientId: "c3", groupId: "shipping", processing: { timeMs: 700 } },
    { clientId: "c4", groupId: "shipping", processing: { timeMs: 700 } },
    { clientId: "c5", groupId: "shipping", processing: { timeMs: 700 } },
    { clientId: "c6", groupId: "shipping", processing: { timeMs: 700 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addGroup",
  layout: {},
  labels: ordersLabels,
};
