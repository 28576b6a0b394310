import type { ApiRequest, ApiResponse } from "../../kafka/api/api";
import { ErrorCode, errorName } from "../../kafka/errors";
import type { ActorId } from "../../sim/message";
import { say } from "../../watch/say";
import type { ActorKind } from "../actorKind";
import { ADMIN_CLIENT_ID, addActor, type Actor, type Cluster } from "../cluster";
import { sendMessage } from "../post";

/** The administration client that creates, changes and deletes topics for the person at the screen. */
export interface Admin extends Actor {
  readonly kind: "admin";
}

export const adminKind: ActorKind<Admin> = {
  kind: "admin",
  nameOf: () => ADMIN_CLIENT_ID,
  onMessage: (cluster, _id, _admin, { body }) => onResponse(cluster, body as ApiResponse), // clients get responses only
};

export function startAdmin(cluster: Cluster): void {
  const admin: Admin = { kind: "admin" };
  cluster.actorsByClientId.set(ADMIN_CLIENT_ID, addActor(cluster, admin));
}

/** Has the admin client ask the cluster for something. */
export function askCluster(cluster: Cluster, request: ApiRequest): void {
  const [broker] = cluster.actorsByNodeId.values();
  sendMessage(cluster, cluster.actorsByClientId.get(ADMIN_CLIENT_ID) as ActorId, broker as ActorId, 0, request, null);
}

function onResponse(cluster: Cluster, response: ApiResponse): void {
  const results: readonly { errorCode: number; name?: string }[] =
    response.api === "CreateTopics" ? response.topics : response.api === "CreatePartitions" ? response.results : response.api === "DeleteTopics" ? response.responses : [];
  for (const { errorCode, name } of results) {
    if (errorCode !== ErrorCode.NONE) say(cluster, "admin.failed", { topic: name ?? "", error: errorName(errorCode) }, { marker: "bad" });
  }
}
