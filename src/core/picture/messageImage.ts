/** A request or a response on its way. */
export interface MessageImage {
  readonly id: number;
  readonly api: string;
  readonly kind: "request" | "response";
  /** client.id of the client at the client's end, and the broker at the other. */
  readonly client: string;
  readonly broker: number;
  readonly sentUs: number;
  readonly arriveUs: number;
  /** Produce requests and Fetch: what is carried or asked for, by partition. */
  readonly parts: readonly MessagePart[];
}

export interface MessagePart {
  readonly topic: string;
  readonly partition: number;
  /** First offset carried (Fetch response), or asked for (Fetch request); -1 when none is assigned yet. */
  readonly offset: number;
  readonly count: number;
  /** Key colours of the first eight records. */
  readonly colours: readonly number[];
}
