import type { ApiRequest } from "../kafka/api";
import type { Message } from "../sim/message";
import { describeConfigs, incrementalAlterConfigs } from "./api/configs";
import { dropParkedFetch, fetch, onFetchTimer } from "./api/fetch";
import { findCoordinator, groupApi, onCoordinatorTimer } from "./api/groups";
import { listOffsets } from "./api/listOffsets";
import { metadata } from "./api/metadata";
import { produce } from "./api/produce";
import { createPartitions, createTopics, deleteTopics } from "./api/topics";
import type { Broker, BrokerContext } from "./broker";

/** Gives a request to its API (`KafkaApis.handle`). Its message's id names it until it is answered. */
export function handleRequest(broker: Broker, context: BrokerContext, message: Message<ApiRequest>): void {
  const { id, from, connection, body } = message;
  broker.requests.set(id, Object.freeze({ from, connection }));
  switch (body.api) {
    case "Produce":
      return produce(broker, context, body, id);
    case "Fetch":
      return fetch(broker, context, body, id);
    case "Metadata":
      return metadata(broker, context, body, id);
    case "ListOffsets":
      return listOffsets(broker, context, body, id);
    case "FindCoordinator":
      return findCoordinator(broker, context, body, id);
    case "CreateTopics":
      return createTopics(broker, context, body, id);
    case "CreatePartitions":
      return createPartitions(broker, context, body, id);
    case "DeleteTopics":
      return deleteTopics(broker, context, body, id);
    case "DescribeConfigs":
      return describeConfigs(broker, context, body, id);
    case "IncrementalAlterConfigs":
      return incrementalAlterConfigs(broker, context, body, id);
    default:
      return groupApi(broker, context, body, id);
  }
}

export function handleBrokerTimer(broker: Broker, context: BrokerContext, name: string): void {
  if (name.startsWith("fetch ")) onFetchTimer(broker, context, Number(name.slice(6)));
  else onCoordinatorTimer(broker, context, name);
}

/** A client's connections are closed: what it had parked is dropped. Its group membership ends only by LeaveGroup or by its session. */
export function handleDisconnect(broker: Broker, context: BrokerContext, client: number): void {
  for (const [requestId, { from }] of [...broker.requests]) {
    if (from !== client) continue;
    dropParkedFetch(broker, context, requestId);
    broker.requests.delete(requestId);
  }
}
