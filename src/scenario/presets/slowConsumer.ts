import type { Scenario } from "../scenario";
import { oneBrokerConfigs, ordersLabels, ordersProducers, slowGroupConfigs, slowNetwork } from "./slowedForTheEye";

export const slowConsumer: Scenario = {
  schemaVersion: 2,
  name: { en: "One slow consumer: add instances", ko: "느린 컨슈머 하나: 인스턴스를 추가하세요" },
  description: {
    en: "Records come faster than one consumer can process them: more and more are waiting. More consumers in the group catch up.",
    ko: "컨슈머 하나가 처리하는 것보다 레코드가 빨리 와서 대기가 늘어납니다. 그룹에 컨슈머를 추가하면 대기가 줄어듭니다.",
  },
  seed: 23,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: ordersProducers(2.4),
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 600 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addConsumer",
  layout: {},
  labels: ordersLabels,
};
