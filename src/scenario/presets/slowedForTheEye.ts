import type { NetworkSpec, ProducerSpec } from "../../core/world/spec";
import type { Configs } from "../../core/kafka/configs";
import type { LocalizedText } from "../scenario";

// What the scenes for the eye change of Kafka's defaults and of real networks; the page shows each as changed, beside its default.

/** Some hundred times a real one, so that requests and responses are seen on their way. */
export const slowNetwork: NetworkSpec = { latencyMs: 250, jitterMs: 80 };

/** One broker cannot hold three replicas of the offsets; and nobody wants to wait long for a group's first assignment. */
export const oneBrokerConfigs: Configs = { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 1000 };

/** Idempotence is not simulated yet; and new partitions are to be seen soon. */
export const slowProducerConfigs: Configs = { "enable.idempotence": false, "metadata.max.age.ms": 5000 };

/** Joining, leaving, failing, committing and new partitions are seen within seconds, and a new group shows what is already there. */
export const slowGroupConfigs: Configs = {
  "auto.offset.reset": "earliest",
  "auto.commit.interval.ms": 1000,
  "max.poll.records": 4,
  "session.timeout.ms": 10_000,
  "heartbeat.interval.ms": 500,
  "metadata.max.age.ms": 5000,
};

/**
 * Two thirds of the records come from `checkout` and one third from `mobile-app`. Their keys are chosen so that of four partitions the
 * first two together get as much as the last two: a third, a sixth, a sixth and a third.
 */
export function ordersProducers(recordsPerSecond: number): readonly ProducerSpec[] {
  return [producer("checkout", (recordsPerSecond * 2) / 3, 1, 8), producer("mobile-app", recordsPerSecond / 3, 2, 5)];
}

export const ordersLabels: Readonly<Record<string, LocalizedText>> = {
  "producer:checkout": { en: "checkout", ko: "결제" },
  "producer:mobile-app": { en: "mobile app", ko: "모바일 앱" },
};

function producer(clientId: string, recordsPerSecond: number, from: number, to: number): ProducerSpec {
  const ratePerSecond = Math.round(recordsPerSecond * 100) / 100;
  const source = { ratePerSecond, keys: { kind: "range", prefix: "user-", from, to }, valueSizeInBytes: 0 } as const;
  return { clientId, topics: ["orders"], source, configs: slowProducerConfigs };
}
