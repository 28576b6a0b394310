import type { ApiRequest } from "../kafka/api";
import type { RecordBatch } from "../kafka/recordBatch";
import type { ActorId } from "../sim/message";

/** What a client may do to the world around it. */
export interface ClientContext {
  readonly nowUs: number;
  readonly actor: ActorId;
  /** Sends to a broker on one of the client's connections to it; returns the request's id, which its response names. */
  readonly send: (nodeId: number, connection: number, request: ApiRequest) => number;
  /** Sets the timer of that name to a virtual time in µs; setting it again replaces it. */
  readonly setTimer: (name: string, atUs: number) => void;
  readonly cancelTimer: (name: string) => void;
  /** Tells the watchers outside the cluster (audit, narration). Nothing in the cluster depends on it. */
  readonly observe: (event: ClientEvent) => void;
}

/** What an application would log about its client. */
export type ClientEvent =
  | { readonly type: "acknowledged"; readonly topic: string; readonly partition: number; readonly batch: RecordBatch; readonly baseOffset: number }
  | { readonly type: "stickySwitched"; readonly topic: string; readonly partition: number; readonly bytes: number }
  | { readonly type: "joining"; readonly groupId: string }
  | { readonly type: "assigned"; readonly groupId: string; readonly generationId: number; readonly assignor: string; readonly partitions: number; readonly gained: number }
  | { readonly type: "positioned"; readonly groupId: string; readonly topic: string; readonly partition: number; readonly offset: number; readonly from: "committed" | "reset" }
  | { readonly type: "processed"; readonly groupId: string; readonly topic: string; readonly partition: number; readonly batch: RecordBatch; readonly index: number }
  | { readonly type: "pollExceeded"; readonly groupId: string }
  /** The application has ended with this exception. */
  | { readonly type: "failed"; readonly groupId: string; readonly exception: string }
  | { readonly type: "closed" };

/** The broker that every client knows from its start (`bootstrap.servers`). */
export const BOOTSTRAP_NODE = 1;

/** Connections of a client to one broker: a parked Fetch does not hold up the group's requests. */
export const connection = { data: 0, coordinator: 1 } as const;

export function nowMs(context: { readonly nowUs: number }): number {
  return Math.floor(context.nowUs / 1000);
}
