import { ask, handleAdminAlarm, handleAdminDisconnect, handleAdminResponse, handleAdminTimer, isAdmin, newAdmin, type Admin } from "../../clients/admin/admin";
import type { ClientContext } from "../../clients/client";
import { isOverdue } from "../../clients/connections";
import type { ApiRequest, ApiResponse } from "../../kafka/api/api";
import { ErrorCode, errorName } from "../../kafka/errors";
import type { ActorId } from "../../sim/message";
import { say } from "../../watch/say";
import type { ActorKind } from "../actorKind";
import { addActor, clientOf, type Cluster } from "../cluster";
import { contextOf } from "../kernel/contexts";
import { removeActor } from "../kernel/removeActor";
import { wantWhatThereIs } from "../wanted";
import { newClientContext, nodeIdOf } from "./client";
import { ADMIN_CLIENT_ID } from "../../kafka/names";

/** The administration client through which the person at the screen asks for topics. */
export const adminKind: ActorKind<Admin> = {
  kind: "admin",
  nameOf: ({ clientId }) => clientId,
  onMessage: (cluster, _id, admin, { requestId, body }) => {
    const response = body as ApiResponse; // clients get responses only
    if (handleAdminResponse(admin, requestId as number)) onAnswer(cluster, admin, response);
  },
  onTimer: (cluster, id, admin) => handleAdminTimer(admin, adminContext(cluster, id)),
  isOverdue: ({ connections }, atUs) => isOverdue(connections, atUs),
  onAlarm: (cluster, id, admin) => handleAdminAlarm(admin, adminContext(cluster, id)),
  onDisconnect: (cluster, id, admin, other, connection) => connection !== null && handleAdminDisconnect(admin, adminContext(cluster, id), nodeIdOf(cluster, other), connection),
};

export function startAdmin(cluster: Cluster): void {
  cluster.actorsByClientId.set(ADMIN_CLIENT_ID, addActor(cluster, newAdmin(ADMIN_CLIENT_ID, cluster.topology.bootstrap)));
}

/** Has the admin client ask the cluster for something. */
export function askCluster(cluster: Cluster, request: ApiRequest): void {
  const found = clientOf(cluster, isAdmin, ADMIN_CLIENT_ID);
  if (found) ask(found.client, adminContext(cluster, found.id), request);
}

function adminContext(cluster: Cluster, id: ActorId): ClientContext {
  return contextOf(cluster, id, newContext);
}

function newContext(cluster: Cluster, id: ActorId): ClientContext {
  return newClientContext(cluster, id, removeActor);
}

/** What was refused is said, and not wanted any longer, unless something else has been asked for the same topic since. */
function onAnswer(cluster: Cluster, { pending, waiting }: Admin, response: ApiResponse): void {
  for (const { errorCode, name } of resultsOf(response)) {
    if (errorCode === ErrorCode.NONE) continue;
    say(cluster, "admin.failed", { topic: name, error: errorName(errorCode) }, { marker: "bad" });
    if (![...pending.values(), ...waiting].some((request) => topicsOf(request).includes(name))) wantWhatThereIs(cluster, name);
  }
}

function resultsOf(response: ApiResponse): readonly { readonly errorCode: number; readonly name: string }[] {
  switch (response.api) {
    case "CreateTopics":
      return response.topics;
    case "CreatePartitions":
      return response.results;
    case "DeleteTopics":
      return response.responses;
    case "IncrementalAlterConfigs":
      return response.responses.map(({ errorCode, resourceName }) => ({ errorCode, name: resourceName }));
    default:
      return [];
  }
}

function topicsOf(request: ApiRequest): readonly string[] {
  switch (request.api) {
    case "CreateTopics":
    case "CreatePartitions":
      return request.topics.map(({ name }) => name);
    case "DeleteTopics":
      return request.topicNames;
    case "IncrementalAlterConfigs":
      return request.resources.map(({ resourceName }) => resourceName);
    default:
      return [];
  }
}
