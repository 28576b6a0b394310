import type { ConfigApi } from "./configs";
import type { FetchApi } from "./fetch";
import type { GroupApi } from "./groups";
import type { MetadataApi } from "./metadata";
import type { OffsetApi } from "./offsets";
import type { ProduceApi } from "./produce";
import type { TopicApi } from "./topics";

type Family = MetadataApi | ProduceApi | FetchApi | GroupApi | OffsetApi | TopicApi | ConfigApi;

/**
 * Requests and responses, discriminated by Kafka's API name, with the field names of Kafka's message schemas in camelCase; a file for each
 * family of APIs. Clients and brokers know each other only through these.
 */
export type ApiRequest = Family["request"];
export type ApiResponse = Family["response"];

export type ApiName = ApiRequest["api"];
export type RequestOf<Name extends ApiName> = Extract<ApiRequest, { api: Name }>;
export type ResponseOf<Name extends ApiName> = Extract<ApiResponse, { api: Name }>;
