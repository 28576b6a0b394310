import type { ApiResponse, ResponseOf } from "../../kafka/api/api";
import type { HeartbeatRequest, JoinGroupRequest, LeaveGroupRequest, SyncGroupRequest } from "../../kafka/api/groups";
import type { OffsetCommitRequest } from "../../kafka/api/offsets";
import { encodeConsumerProtocolSubscription } from "../../kafka/consumerProtocol";
import type { CoordinatorRecord } from "../../kafka/coordinatorRecords";
import type { Timer } from "../../sim/timer";
import type { RequestId } from "../handlerResult";
import type { ClassicGroup } from "./classic/classicGroup";
import { applySoft, handleGroupRequest, replay } from "./coordinator";
import type { GroupRequest } from "./coordinator";
import type { GroupCoordinatorContext, GroupCoordinatorState, GroupResult } from "./coordinatorState";
import { emptyGroupCoordinatorState } from "./coordinatorState";
import { onTimer } from "./classic/expiry";

/** For tests: a coordinator with a log, a clock, its timers and the answers it gave, but no broker around it. */
export class TestCoordinator {
  readonly state: GroupCoordinatorState = emptyGroupCoordinatorState();
  readonly log: CoordinatorRecord[] = [];
  readonly timers = new Map<Timer["key"], { readonly timer: Timer; readonly atMs: number }>();
  readonly answers = new Map<RequestId, ApiResponse>();
  nowMs = 1000;
  private requests = 0;
  private memberIds = 0;

  group(groupId = "g"): ClassicGroup {
    const group = this.state.groups.get(groupId);
    if (group === undefined) throw new Error(`there is no group ${groupId}`);
    return group;
  }

  context(): GroupCoordinatorContext {
    return {
      nowMs: this.nowMs,
      state: this.state,
      config: {
        groupInitialRebalanceDelayMs: 3000,
        groupMinSessionTimeoutMs: 6000,
        groupMaxSessionTimeoutMs: 1_800_000,
        groupMaxSize: 100,
        offsetMetadataMaxBytes: 10,
      },
      newMemberId: (prefix) => `${prefix}-${(this.memberIds += 1)}`,
    };
  }

  /** Sends a request and gives its id, by which `answers` may have the answer now or later. */
  send(request: GroupRequest): RequestId {
    const requestId = (this.requests += 1);
    this.apply(handleGroupRequest(this.context(), request, requestId));
    return requestId;
  }

  /** Sends a request that is answered at once. */
  ask<Request extends GroupRequest>(request: Request): ResponseOf<Request["api"]> {
    const name: Request["api"] = request.api;
    return this.answer<Request["api"]>(this.send(request), name);
  }

  answer<Name extends GroupRequest["api"]>(requestId: RequestId, api: Name): ResponseOf<Name> {
    const response = this.answers.get(requestId);
    if (response?.api !== api) throw new Error(`${api} ${requestId} has no answer`);
    return response as ResponseOf<Name>; // Its api was just compared.
  }

  /** Advances the clock, firing each timer at its own time. */
  sleepUntil(atMs: number): void {
    for (;;) {
      const [next] = [...this.timers.values()].sort((left, right) => left.atMs - right.atMs);
      if (next === undefined || next.atMs > atMs) break;
      this.timers.delete(next.timer.key);
      this.nowMs = next.atMs;
      this.apply(onTimer(this.context(), next.timer));
    }
    this.nowMs = atMs;
  }

  apply(result: GroupResult): void {
    for (const record of result.records) {
      this.log.push(record);
      replay(this.state, record);
    }
    for (const soft of result.soft) applySoft(this.state, soft);
    for (const { to, response } of result.responses) this.answers.set(to, response);
    for (const { timer, atMs } of result.timers) {
      if (atMs === null) this.timers.delete(timer.key);
      else this.timers.set(timer.key, { timer, atMs });
    }
  }

  /** A Stable group of the members `client-1` (who leads) to `client-<size>`, with sessions of 10 s and 60 s to rebalance. */
  stableGroup(size: number): void {
    for (let at = 0; at < size; at += 1) this.send(join());
    this.sleepUntil(this.nowMs + 6000);
    const numbers = Array.from({ length: size }, (_, at) => at + 1);
    for (const number of numbers.toReversed()) this.send(sync(1, `client-${number}`, numbers));
  }
}

export function join(changes: Partial<JoinGroupRequest> = {}): JoinGroupRequest {
  return {
    api: "JoinGroup",
    version: 3,
    clientId: "client",
    groupId: "g",
    sessionTimeoutMs: 10_000,
    rebalanceTimeoutMs: 60_000,
    memberId: "",
    groupInstanceId: null,
    protocolType: "consumer",
    protocols: [protocol("range")],
    reason: null,
    ...changes,
  };
}

/** A SyncGroup that gives each of the members listed one byte: its number. */
export function sync(generationId: number, memberId: string, numbers: readonly number[] = []): SyncGroupRequest {
  const assignments = numbers.map((number) => ({ memberId: `client-${number}`, assignment: Uint8Array.of(number) }));
  return {
    api: "SyncGroup",
    groupId: "g",
    generationId,
    memberId,
    groupInstanceId: null,
    protocolType: null,
    protocolName: null,
    assignments,
  };
}

export function commit(changes: Partial<OffsetCommitRequest> = {}, committedOffset = 5): OffsetCommitRequest {
  const partitions = [{ partitionIndex: 0, committedOffset, committedLeaderEpoch: -1, committedMetadata: null }];
  return {
    api: "OffsetCommit",
    version: 9,
    groupId: "g",
    generationIdOrMemberEpoch: -1,
    memberId: "",
    groupInstanceId: null,
    topics: [{ name: "orders", partitions }],
    ...changes,
  };
}

export function beat(generationId: number, memberId: string): HeartbeatRequest {
  return { api: "Heartbeat", groupId: "g", generationId, memberId, groupInstanceId: null };
}

export function leave(...memberIds: string[]): LeaveGroupRequest {
  return { api: "LeaveGroup", groupId: "g", members: memberIds.map((memberId) => ({ memberId, groupInstanceId: null, reason: null })) };
}

export function protocol(name: string, topic = "orders"): { name: string; metadata: Uint8Array } {
  const metadata = encodeConsumerProtocolSubscription({
    version: 3,
    topics: [topic],
    userData: null,
    ownedPartitions: [],
    generationId: -1,
    rackId: null,
  });
  return { name, metadata };
}
