import type { Scenario } from "../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork, slowProducerConfigs } from "./slowedForTheEye";

export const keysAndOrder: Scenario = {
  schemaVersion: 2,
  name: { en: "Keys and order", ko: "키와 순서" },
  description: {
    en: "The same key goes to the same partition, so its records stay in order. More partitions send keys elsewhere, and that order ends there.",
    ko: "같은 키는 같은 파티션으로 가므로 순서가 지켜집니다. 파티션을 늘리면 키가 다른 파티션으로 갈 수 있고, 그 경계에서는 순서가 보장되지 않습니다.",
  },
  seed: 25,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [{ name: "orders", partitions: 4, configs: {} }],
  producers: [
    {
      clientId: "checkout",
      topics: ["orders"],
      source: { ratePerSecond: 3, keys: { kind: "skewed", prefix: "user-", from: 1, to: 6, hotPercent: 40 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    },
  ],
  groups: [{ groupId: "billing", topics: ["orders"], configs: slowGroupConfigs }],
  consumers: [
    { clientId: "c1", groupId: "billing", processing: { timeMs: 400 } },
    { clientId: "c2", groupId: "billing", processing: { timeMs: 400 } },
  ],
  startMs: 20000,
  speed: 1,
  verb: "addPartition",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
};
