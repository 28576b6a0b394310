import { tokenKind } from "../bridge/messages";
import type { RecordShape } from "./sprites";

/** How a kind of token is drawn. */
export interface TokenLook {
  /** It runs from the client's end of its edge to the other. */
  readonly isFromClient: boolean;
  /** The shape of one record or message in it. */
  readonly record: RecordShape;
  /** What is drawn where it carries none: an answer, or a question. */
  readonly empty: "ack" | "hollow";
}

/** By `tokenKind`. Kafka's records are boxes, as in their lanes, and AMQP's messages beads. */
export const looks: Readonly<Record<number, TokenLook>> = {
  [tokenKind.produceRequest]: { isFromClient: true, record: "box", empty: "ack" },
  [tokenKind.produceResponse]: { isFromClient: false, record: "box", empty: "ack" },
  [tokenKind.fetchRequest]: { isFromClient: true, record: "box", empty: "hollow" },
  [tokenKind.fetchResponse]: { isFromClient: false, record: "box", empty: "ack" },
  [tokenKind.publish]: { isFromClient: true, record: "bead", empty: "ack" },
  [tokenKind.confirm]: { isFromClient: false, record: "bead", empty: "ack" },
  [tokenKind.settle]: { isFromClient: true, record: "bead", empty: "ack" },
  [tokenKind.deliver]: { isFromClient: false, record: "bead", empty: "ack" },
};
