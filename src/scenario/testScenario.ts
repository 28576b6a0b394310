import type { ProducerSpec } from "../core/world/spec";
import { orders } from "./presets/orders";
import { slowGroupConfigs, slowProducerConfigs } from "./presets/slowedForTheEye";
import type { Scenario } from "./scenario";

/** The scene of the budget for links, 5 producers, 3 topics, 4 groups and 12 consumers: every place and name given, and no two producers alike. */
export function largeScenario(): Scenario {
  const topics = ["orders", "payments", "shipments"];
  const groups = ["billing", "analytics", "shipping", "notifications"];
  const consumers = Array.from({ length: 12 }, (_, at) => ({ clientId: `c${at + 1}`, groupId: groups[at % 4]!, processing: { timeMs: 100 + at * 50 } }));
  const producers: ProducerSpec[] = [
    { clientId: "checkout", topics: ["orders"], source: { ratePerSecond: 2.6, keys: { kind: "range", prefix: "user-", from: 1, to: 8 }, valueSizeInBytes: 0 }, configs: {} },
    { clientId: "mobile-app", topics: ["orders", "payments"], source: { ratePerSecond: 1.3, keys: { kind: "none" }, valueSizeInBytes: 60 }, configs: {} },
    { clientId: "partner-api", topics: ["payments"], source: { ratePerSecond: 0.7, keys: { kind: "list", keys: ["seoul", "busan", "jeju"] }, valueSizeInBytes: 0 }, configs: {} },
    { clientId: "warehouse", topics: ["shipments"], source: { ratePerSecond: 12, keys: { kind: "skewed", prefix: "order-", from: 1, to: 40, hotPercent: 35 }, valueSizeInBytes: 400 }, configs: { acks: "1" } },
    { clientId: "back-office", topics: ["orders"], source: { ratePerSecond: 5.25, keys: { kind: "range", prefix: "cart-", from: 1, to: 16 }, valueSizeInBytes: 64 }, configs: { "batch.size": 400, "linger.ms": 250 } },
  ];
  const names = [
    ...producers.map(({ clientId }) => `producer:${clientId}`),
    ...topics.map((name) => `topic:${name}`),
    ...groups.map((name) => `group:${name}`),
    ...consumers.map(({ clientId }) => `consumer:${clientId}`),
  ];
  return {
    ...orders,
    topics: topics.map((name, at) => ({ name, partitions: 3 + at, configs: at === 1 ? { "retention.ms": 600_000 } : {} })),
    producers: producers.map((producer) => ({ ...producer, configs: { ...slowProducerConfigs, ...producer.configs } })),
    groups: groups.map((groupId, at) => ({
      groupId,
      topics: at === 3 ? ["orders", "shipments"] : [topics[at] ?? "orders"],
      configs: at === 1 ? { ...slowGroupConfigs, "partition.assignment.strategy": "cooperative-sticky" } : slowGroupConfigs,
    })),
    consumers,
    layout: Object.fromEntries(names.map((name, at) => [name, { x: 40 + Math.floor(at / 6) * 387, y: 60 + (at % 6) * 143 }])),
    labels: { ...orders.labels, "producer:partner-api": { en: "partner API", ko: "파트너 API" }, "producer:warehouse": { en: "warehouse", ko: "창고" } },
  };
}
