import type { ApiRequest, ApiResponse } from "../../kafka/api/api";
import type { Method } from "../../queue/amqp/method";
import type { ActorId, Message } from "../../sim/message";
import type { Timer } from "../../sim/timer";

/** What is sent between actors: Kafka's requests and responses, and AMQP's methods. */
export type Body = ApiRequest | ApiResponse | Method;

/** What reaches an actor from outside. Frozen where it is held back. */
export type Happening =
  | { readonly kind: "message"; readonly message: Message<Body> }
  | { readonly kind: "timer"; readonly timer: Timer }
  | { readonly kind: "alarm" }
  | { readonly kind: "disconnect"; readonly other: ActorId; readonly connection: number | null };
