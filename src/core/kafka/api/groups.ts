/** FindCoordinator, and the classic group protocol: JoinGroup, SyncGroup, Heartbeat, LeaveGroup. */
export interface GroupApi {
  readonly request: FindCoordinatorRequest | JoinGroupRequest | SyncGroupRequest | HeartbeatRequest | LeaveGroupRequest;
  readonly response: FindCoordinatorResponse | JoinGroupResponse | SyncGroupResponse | HeartbeatResponse | LeaveGroupResponse;
}

export interface FindCoordinatorRequest {
  readonly api: "FindCoordinator";
  /** 0 group, 1 transaction. */
  readonly keyType: number;
  readonly coordinatorKeys: readonly string[];
}
export interface FindCoordinatorResponse {
  readonly api: "FindCoordinator";
  readonly coordinators: readonly { readonly key: string; readonly nodeId: number; readonly errorCode: number }[];
}

export interface JoinGroupRequest {
  readonly api: "JoinGroup";
  /** The request's API version: from 4 on a new member gets MEMBER_ID_REQUIRED first (KIP-394). */
  readonly version: number;
  readonly clientId: string;
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string;
  /** In order of preference; metadata is an encoded ConsumerProtocolSubscription. */
  readonly protocols: readonly { readonly name: string; readonly metadata: Uint8Array }[];
  readonly reason: string | null;
}
export interface JoinGroupResponse {
  readonly api: "JoinGroup";
  readonly errorCode: number;
  readonly generationId: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** Member id of the group's leader. */
  readonly leader: string;
  readonly skipAssignment: boolean;
  readonly memberId: string;
  /** Only the leader gets the members, with their metadata under the chosen protocol. */
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly metadata: Uint8Array;
  }[];
}

export interface SyncGroupRequest {
  readonly api: "SyncGroup";
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  /** From the leader: an encoded ConsumerProtocolAssignment for each member. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Uint8Array }[];
}
export interface SyncGroupResponse {
  readonly api: "SyncGroup";
  readonly errorCode: number;
  readonly protocolType: string | null;
  readonly protocolName: string | null;
  readonly assignment: Uint8Array;
}

export interface HeartbeatRequest {
  readonly api: "Heartbeat";
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  readonly groupInstanceId: string | null;
}
export interface HeartbeatResponse {
  readonly api: "Heartbeat";
  readonly errorCode: number;
}

export interface LeaveGroupRequest {
  readonly api: "LeaveGroup";
  readonly groupId: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly reason: string | null;
  }[];
}
export interface LeaveGroupResponse {
  readonly api: "LeaveGroup";
  readonly errorCode: number;
  readonly members: readonly {
    readonly memberId: string;
    readonly groupInstanceId: string | null;
    readonly errorCode: number;
  }[];
}
