/**
 * The arguments of a classic queue that are heeded here, by their own names. What is not an argument of a classic queue, or has no such
 * value, is refused when the queue is declared (`rabbit_amqqueue`, `rabbit_classic_queue`; seen in 3.10.8).
 */
export interface QueueArguments {
  /** Virtual ms from the moment it was queued. */
  readonly "x-message-ttl"?: number;
  /** Most messages that are ready; those with receivers do not count. */
  readonly "x-max-length"?: number;
  /** Most bytes of bodies that are ready. */
  readonly "x-max-length-bytes"?: number;
  readonly "x-overflow"?: Overflow;
  readonly "x-dead-letter-exchange"?: string;
  readonly "x-dead-letter-routing-key"?: string;
  readonly "x-single-active-consumer"?: boolean;
  /** Messages then have priorities from 0 to this one. */
  readonly "x-max-priority"?: number;
}

export type Overflow = "drop-head" | "reject-publish" | "reject-publish-dlx";

type Check = (value: unknown) => string | null;

const whole = (value: unknown): string | null => {
  if (typeof value !== "number" || !Number.isInteger(value)) return "unacceptable_type";
  return value < 0 ? `value_negative,${value}` : null;
};
const text = (value: unknown): string | null => (typeof value === "string" ? null : "unacceptable_type");

const checks: { readonly [Name in keyof Required<QueueArguments>]: Check } = {
  "x-message-ttl": whole,
  "x-max-length": whole,
  "x-max-length-bytes": whole,
  "x-overflow": (value) => (value === "drop-head" || value === "reject-publish" || value === "reject-publish-dlx" ? null : "invalid_overflow"),
  "x-dead-letter-exchange": text,
  "x-dead-letter-routing-key": text,
  "x-single-active-consumer": (value) => (typeof value === "boolean" ? null : "unacceptable_type"),
  "x-max-priority": (value) => whole(value) ?? ((value as number) > 255 ? `max_value_exceeded,${value as number}` : null), // a number by now
};

/** Why a queue is not declared with these, as RabbitMQ says it, or null. */
export function argumentsProblem(queue: string, given: Readonly<Record<string, unknown>>): string | null {
  for (const [name, value] of Object.entries(given)) {
    const check = Object.hasOwn(checks, name) ? checks[name as keyof QueueArguments] : null; // one of the table's
    if (!check) return `invalid arg '${name}' for queue '${queue}' in vhost '/' of queue type rabbit_classic_queue`;
    const problem = check(value);
    if (problem !== null) return `invalid arg '${name}' for queue '${queue}' in vhost '/': {${problem}}`;
  }
  return given["x-dead-letter-routing-key"] !== undefined && given["x-dead-letter-exchange"] === undefined
    ? `invalid arg 'x-dead-letter-routing-key' for queue '${queue}' in vhost '/': routing_key_but_no_dlx_defined`
    : null;
}
