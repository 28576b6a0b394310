/** An actor of the world: a small whole number, never used again. */
export type ActorId = number;

/** One message between two actors. Frozen; the queue, checkpoints and the picture share it. */
export interface Message<Body> {
  /** A response carries the id of its request in `requestId`. */
  readonly id: number;
  readonly requestId: number | null;
  readonly from: ActorId;
  readonly to: ActorId;
  /** Number of the connection between the two; order is kept within one. */
  readonly connection: number;
  readonly sentUs: number;
  readonly arriveUs: number;
  readonly body: Body;
}
