import type { Scenario } from "../scenario";
import { oneBrokerConfigs, ordersLabels, ordersProducers, slowGroupConfigs, slowNetwork } from "./slowedForTheEye";

export const rebalanceProtocols: Scenario = {
  schemaVersion: 2,
  name: { en: "Eager and cooperative rebalancing", ko: "리밸런싱 비교: eager와 cooperative" },
  description: {
    en: "Two groups of the same topic. When partitions are added, the eager group gives up all its partitions and starts over; the cooperative one keeps what it has.",
    ko: "같은 토픽을 읽는 두 그룹입니다. 파티션을 늘리면 eager 그룹은 모두 내놓고 새로 나누지만, cooperative 그룹은 갖고 있던 파티션을 지킵니다.",
  },
  seed: 27,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: ordersProducers(3),
  groups: [
    { groupId: "eager", topics: ["orders"], configs: { ...slowGroupConfigs, "partition.assignment.strategy": "range" } },
    { groupId: "cooperative", topics: ["orders"], configs: { ...slowGroupConfigs, "partition.assignment.strategy": "cooperative-sticky" } },
  ],
  consumers: [
    { clientId: "c1", groupId: "eager", processing: { timeMs: 450 } },
    { clientId: "c2", groupId: "eager", processing: { timeMs: 450 } },
    { clientId: "c3", groupId: "cooperative", processing: { timeMs: 450 } },
    { clientId: "c4", groupId: "cooperative", processing: { timeMs: 450 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addPartition",
  layout: {},
  labels: ordersLabels,
};
