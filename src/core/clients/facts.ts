import type { RecordBatch } from "../kafka/recordBatch";

/** What an application would log about its client, told to whoever watches. Nothing in the cluster depends on it. */
export type ClientFact =
  | { readonly type: "acknowledged"; readonly topic: string; readonly partition: number; readonly batch: RecordBatch; readonly baseOffset: number }
  | { readonly type: "stickySwitched"; readonly topic: string; readonly partition: number; readonly bytes: number }
  | { readonly type: "joining"; readonly groupId: string }
  | { readonly type: "assigned"; readonly groupId: string; readonly generationId: number; readonly assignor: string; readonly partitions: number; readonly gained: number }
  /** `memberId` is what its consumer believes to be; its group may have given it up. */
  | { readonly type: "positioned"; readonly groupId: string; readonly memberId: string; readonly topic: string; readonly partition: number; readonly offset: number; readonly from: "committed" | "reset" }
  /** A record is done. `memberId` is "" where its consumer knows that it is no member any more. */
  | { readonly type: "processed"; readonly groupId: string; readonly memberId: string; readonly topic: string; readonly partition: number; readonly batch: RecordBatch; readonly index: number }
  | { readonly type: "pollExceeded"; readonly groupId: string }
  /** The application has ended with this exception. */
  | { readonly type: "failed"; readonly groupId: string; readonly exception: string };
