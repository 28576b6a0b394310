import { booleanConfig, intConfig, stringConfig, type Configs } from "./configs";

/**
 * Whether the producer is idempotent: on by default, and silently off when `acks` is not all or `retries` is 0
 * (`ProducerConfig.postProcessAndValidateIdempotenceConfigs`, KIP-679). The configs are valid together.
 */
export function idempotenceEnabled(configs: Configs): boolean {
  return (
    booleanConfig("producer", configs, "enable.idempotence") &&
    stringConfig("producer", configs, "acks") === "all" &&
    intConfig("producer", configs, "retries") > 0
  );
}

/**
 * The delivery timeout in effect, in ms: a default that is shorter than `linger.ms` + `request.timeout.ms` is raised to their sum
 * (`KafkaProducer.configureDeliveryTimeout`). The configs are valid together.
 */
export function deliveryTimeoutMs(configs: Configs): number {
  const leastMs = intConfig("producer", configs, "linger.ms") + intConfig("producer", configs, "request.timeout.ms");
  return Math.max(intConfig("producer", configs, "delivery.timeout.ms"), Math.min(leastMs, 0x7fff_ffff));
}
