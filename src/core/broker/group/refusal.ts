import type { ApiResponse } from "../../kafka/api/api";
import type { GroupRequest } from "./coordinator";
import { joinError, syncError } from "./classic/groupChange";

/** The answer to a group request that is refused as a whole: NOT_COORDINATOR and the like. */
export function refusal(request: GroupRequest, errorCode: number): ApiResponse {
  switch (request.api) {
    case "JoinGroup":
      return joinError(request.memberId, errorCode);
    case "SyncGroup":
      return syncError(errorCode);
    case "Heartbeat":
      return { api: "Heartbeat", errorCode };
    case "LeaveGroup":
      return { api: "LeaveGroup", errorCode, members: [] };
    case "OffsetCommit":
      return { api: "OffsetCommit", topics: request.topics.map(({ name, partitions }) => ({ name, partitions: partitions.map(({ partitionIndex }) => ({ partitionIndex, errorCode })) })) };
    case "OffsetFetch":
      return { api: "OffsetFetch", errorCode, topics: [] };
  }
}
