import type { ActorId } from "../sim/message";

/** A request or a response on its way; of AMQP, a method that is about messages. */
export interface MessageImage {
  readonly id: number;
  /** Name of the API, or of AMQP's method. */
  readonly api: string;
  /** AMQP knows no requests: there it says whether it goes to the broker. */
  readonly kind: "request" | "response";
  /** client.id of the client at the client's end, or the name of the program; of what publishes beside a producer, that producer's. */
  readonly client: string;
  /** node.id of the broker at the other end; null for the RabbitMQ broker. */
  readonly broker: number | null;
  readonly sentUs: number;
  readonly arriveUs: number;
  /** Produce requests and Fetch: what is carried or asked for, by partition. AMQP: what is carried or answered, by queue or exchange. */
  readonly parts: readonly MessagePart[];
}

/** What goes along a wire: Kafka's requests and responses, and what is said of AMQP's messages. */
export type PassageKind = "produceRequest" | "produceResponse" | "fetchRequest" | "fetchResponse" | "publish" | "confirm" | "settle" | "deliver";

/** A message as it runs along the wires of its client. */
export interface Passage {
  /** Actor at the client's end of the wires. */
  readonly client: ActorId;
  readonly kind: PassageKind;
  /** It runs from the client to the broker. */
  readonly isRequest: boolean;
  readonly parts: readonly MessagePart[];
}

/** What of a message runs along one wire. */
export interface MessagePart {
  /** Name of a topic; of a queue or an exchange what it is called in motion (`watch/queue/motionNames.ts`), with partition 0. */
  readonly topic: string;
  readonly partition: number;
  /** First offset carried (Fetch response), or asked for (Fetch request); -1 when none is assigned yet. Of AMQP the send number, -1 where nobody knows. */
  readonly offset: number;
  readonly count: number;
  /** Key colours of the first eight records. */
  readonly colours: readonly number[];
}
