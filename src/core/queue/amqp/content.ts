/**
 * A message as it is published: what AMQP calls its content, with the properties that RabbitMQ heeds. Frozen; every queue that it was
 * copied into, every delivery and every picture share it.
 */
export interface Content {
  readonly exchange: string;
  readonly routingKey: string;
  readonly properties: Properties;
  readonly body: string;
  /** UTF-8 bytes of the body. */
  readonly sizeInBytes: number;
  /** Who sent it, and as which of its sends: a column beside the message, and never in AMQP's bytes. Null for what tests publish by hand. */
  readonly origin: Origin | null;
}

export interface Origin {
  readonly publisher: number;
  readonly sendNumber: number;
}

export interface Properties {
  /** 2 is persistent, 1 transient. */
  readonly deliveryMode: 1 | 2;
  /** `expiration`, virtual ms after it was queued; null has none. */
  readonly expirationMs: number | null;
  readonly priority: number | null;
  readonly headers: Readonly<Record<string, string>>;
  /** `x-death`: newest first, one entry for each queue and reason. */
  readonly deaths: readonly Death[];
  /** `x-first-death-queue` and its like: these never change. */
  readonly firstDeath: FirstDeath | null;
}

export type DeathReason = "rejected" | "expired" | "maxlen";

export interface Death {
  readonly count: number;
  readonly reason: DeathReason;
  readonly queue: string;
  /** When it died first there for that reason, virtual µs. */
  readonly timeUs: number;
  readonly exchange: string;
  readonly routingKeys: readonly string[];
  /** The expiration that the message had, and has lost by dying; null where it had none. */
  readonly originalExpirationMs: number | null;
}

export interface FirstDeath {
  readonly exchange: string;
  readonly queue: string;
  readonly reason: DeathReason;
}

/** Properties without anything special. */
export const plainProperties: Properties = { deliveryMode: 1, expirationMs: null, priority: null, headers: {}, deaths: [], firstDeath: null };

/** The headers as a receiver reads them, in AMQP's own names; times are seconds. */
export function headerTable({ headers, deaths, firstDeath }: Properties): Readonly<Record<string, unknown>> {
  return {
    ...headers,
    ...(deaths.length > 0 && { "x-death": deaths.map(deathTable) }),
    ...(firstDeath && { "x-first-death-exchange": firstDeath.exchange, "x-first-death-queue": firstDeath.queue, "x-first-death-reason": firstDeath.reason }),
  };
}

function deathTable({ count, reason, queue, timeUs, exchange, routingKeys, originalExpirationMs }: Death): Readonly<Record<string, unknown>> {
  const table = { count, reason, queue, time: Math.floor(timeUs / 1_000_000), exchange, "routing-keys": routingKeys };
  return originalExpirationMs === null ? table : { ...table, "original-expiration": String(originalExpirationMs) };
}
