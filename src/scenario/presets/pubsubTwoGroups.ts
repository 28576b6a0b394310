import type { Scenario } from "../scenario";
import { oneBrokerConfigs, ordersLabels, ordersProducers, slowGroupConfigs, slowNetwork } from "./slowedForTheEye";

export const pubsubTwoGroups: Scenario = {
  schemaVersion: 2,
  name: { en: "Pub/sub: every group gets everything", ko: "발행/구독: 모든 그룹이 모든 레코드를 받음" },
  description: {
    en: "Groups A and B each receive every record. A falls behind, B does not notice, and A misses nothing.",
    ko: "A 그룹과 B 그룹이 저마다 모든 레코드를 받습니다. A 그룹이 뒤처져도 B 그룹은 영향을 받지 않고, A 그룹도 놓치는 것이 없습니다.",
  },
  seed: 21,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: ordersProducers(2.4),
  groups: [
    { groupId: "analytics", topics: ["orders"], configs: slowGroupConfigs },
    { groupId: "billing", topics: ["orders"], configs: slowGroupConfigs },
  ],
  consumers: [
    { clientId: "c1", groupId: "analytics", processing: { timeMs: 500 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 250 } },
    { clientId: "c3", groupId: "billing", processing: { timeMs: 250 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addGroup",
  layout: {},
  labels: ordersLabels,
};
