/** DescribeConfigs (version 4) and IncrementalAlterConfigs (1) for topics and the broker. Simplified: broker configs are read-only here. */
import type { DescribeConfigsRequest, IncrementalAlterConfigsRequest } from "../../kafka/api/configs";
import { configDefinitions, formatConfigValue, parseConfigValue, validateConfig, type Configs } from "../../kafka/configs";
import { ErrorCode } from "../../kafka/errors";
import type { ApiHandler, Broker } from "../broker";
import { appendMetadata } from "../metadata/metadataLog";
import type { MetadataRecord } from "../metadata/metadataImage";

export const describeConfigs: ApiHandler<DescribeConfigsRequest> = (broker, context, request, requestId) => {
  const results = request.resources.map(({ resourceType, resourceName, configurationKeys }) => {
    const changed = configsOf(broker, resourceType, resourceName);
    if (!changed) return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, resourceType, resourceName, configs: [] };
    const definitions = configDefinitions(resourceType === "TOPIC" ? "topic" : "broker");
    const configs = definitions
      .filter(({ name }) => configurationKeys === null || configurationKeys.includes(name))
      .map(({ name, defaultValue }) => ({
        name,
        value: formatConfigValue(changed[name] ?? defaultValue),
        isDefault: !(name in changed),
        defaultValue: formatConfigValue(defaultValue),
      }));
    return { errorCode: ErrorCode.NONE, resourceType, resourceName, configs };
  });
  context.respond(requestId, { api: "DescribeConfigs", results });
};

const DELETE = 1;

export const incrementalAlterConfigs: ApiHandler<IncrementalAlterConfigsRequest> = (broker, context, request, requestId) => {
  const responses = request.resources.map(({ resourceType, resourceName, configs }) => {
    if (resourceType !== "TOPIC" || !broker.metadata.topics.has(resourceName)) {
      return { errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null, resourceType, resourceName };
    }
    const wrong = configs.find(({ name, value, configOperation }) => configOperation !== DELETE && validateConfig("topic", name, parseConfigValue("topic", name, value)) !== null);
    if (wrong) {
      const errorMessage = `Invalid value ${wrong.value} for configuration ${wrong.name}`;
      return { errorCode: ErrorCode.INVALID_CONFIG, errorMessage, resourceType, resourceName };
    }
    const records = configs.map(({ name, value, configOperation }): MetadataRecord => {
      return { type: "ConfigRecord", resourceName, name, value: configOperation === DELETE ? null : value };
    });
    appendMetadata(broker, context, records);
    return { errorCode: ErrorCode.NONE, errorMessage: null, resourceType, resourceName };
  });
  context.respond(requestId, { api: "IncrementalAlterConfigs", responses });
};

function configsOf(broker: Broker, resourceType: string, resourceName: string): Configs | undefined {
  if (resourceType === "TOPIC") return broker.metadata.topics.get(resourceName)?.configs;
  return resourceType === "BROKER" ? broker.configs : undefined;
}
