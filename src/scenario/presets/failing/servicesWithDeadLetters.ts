import type { Scenario } from "../../scenario";
import { oneBrokerConfigs, slowGroupConfigs, slowNetwork, slowProducerConfigs } from "../slowedForTheEye";

export const servicesWithDeadLetters: Scenario = {
  schemaVersion: 2,
  name: { en: "Event-driven services, with a dead-letter topic", ko: "이벤트 기반 서비스와 데드 레터 토픽" },
  description: {
    en: "Billing cannot process one customer's orders. **It sets them aside in a topic of their own**, and goes on; shipping notices nothing.",
    ko: "billing 서비스가 한 고객의 주문을 처리하지 못합니다. **따로 둔 토픽에 격리하고 계속하며**, shipping 서비스는 영향이 없습니다.",
  },
  seed: 44,
  network: slowNetwork,
  brokerConfigs: oneBrokerConfigs,
  topics: [
    { name: "orders", partitions: 2, configs: {} },
    { name: "orders.dlt", partitions: 1, configs: {} },
  ],
  producers: [
    {
      clientId: "checkout",
      topics: ["orders"],
      source: { ratePerSecond: 1, keys: { kind: "range", prefix: "user-", from: 1, to: 5 }, valueSizeInBytes: 0 },
      configs: slowProducerConfigs,
    },
  ],
  groups: ["billing", "shipping"].map((groupId) => ({ groupId, topics: ["orders"], configs: slowGroupConfigs })),
  consumers: [
    {
      clientId: "c1",
      groupId: "billing",
      processing: { timeMs: 300, failure: { how: "throw", keys: ["user-3"] }, rescue: { retries: 1, backoffMs: 300, giveUp: "forward", topics: ["orders.dlt"] } },
    },
    { clientId: "c2", groupId: "shipping", processing: { timeMs: 450 } },
  ],
  startMs: 24_000,
  speed: 1,
  verb: "mendPrograms",
  layout: {},
  labels: { "producer:checkout": { en: "checkout", ko: "결제" } },
};
