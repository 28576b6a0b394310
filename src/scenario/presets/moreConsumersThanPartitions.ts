import type { Scenario } from "../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork, slowProducerConfigs } from "./slowedForTheEye";

export const moreConsumersThanPartitions: Scenario = {
  schemaVersion: 2,
  name: { en: "More consumers than partitions", ko: "파티션보다 많은 컨슈머" },
  description: {
    en: "Four partitions, six consumers: two of them idle, until there are more partitions.",
    ko: "파티션은 4개, 컨슈머는 6개입니다. 파티션을 늘리기 전까지 컨슈머 2개는 유휴 상태입니다.",
  },
  seed: 24,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: [
    {
      clientId: "checkout",
      topics: ["orders"],
      source: { ratePerSecond: 3.6, keys: { kind: "range", prefix: "user-", from: 1, to: 12 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    },
  ],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 600 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 600 } },
    { clientId: "c3", groupId: "billing", processing: { timeMs: 600 } },
    { clientId: "c4", groupId: "billing", processing: { timeMs: 600 } },
    { clientId: "c5", groupId: "billing", processing: { timeMs: 600 } },
    { clientId: "c6", groupId: "billing", processing: { timeMs: 600 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addPartition",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
};
