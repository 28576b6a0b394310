import type { ApiRequest } from "../kafka/api/api";
import type { ActorId } from "../sim/message";
import type { Timer } from "../sim/timer";
import type { ClientFact } from "./facts";

/** What a client may do to the world around it. */
export interface ClientContext {
  readonly nowUs: number;
  readonly actor: ActorId;
  /** Sends to a broker on one of the client's connections to it; returns the request's id, which its response names. */
  readonly send: (nodeId: number, connection: number, request: ApiRequest) => number;
  /** Closes a connection: what is under way on it is lost, both ways. */
  readonly disconnect: (nodeId: number, connection: number) => void;
  /** Sets a timer to a virtual time in µs; setting it again replaces it. */
  readonly setTimer: (timer: Timer, atUs: number) => void;
  readonly cancelTimer: (timer: Timer) => void;
  /** Has the client look at a virtual time in µs whether something is overdue; a later alarm replaces the one before. */
  readonly setAlarm: (atUs: number) => void;
  /** Tells those who watch from outside. */
  readonly tell: (fact: ClientFact) => void;
  /** The application has made a record, for whatever other clients it has. */
  readonly made: (key: string | null, value: string, sendNumber: number) => void;
  /** The application's process has ended in the middle of something; something starts it again. */
  readonly crashed: () => void;
  /** The client has closed in order, and is gone. */
  readonly closed: () => void;
}

/** Connections of a client to one broker: a parked Fetch does not hold up the group's requests. */
export const connection = { data: 0, coordinator: 1 } as const;
