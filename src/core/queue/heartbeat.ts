/**
 * Heartbeats of one side of a connection (AMQP 0-9-1, 4.2.7; `rabbit_heartbeat`). Each side sends something at least every half interval,
 * and looks every interval whether it has heard anything: after two looks in vain the other one is gone, so two to three intervals after it
 * was last heard of.
 */
export interface Heartbeat {
  readonly intervalUs: number;
  hasSent: boolean;
  hasHeard: boolean;
  /** Looks in a row that found nothing. */
  missed: number;
}

const MOST_MISSED = 2;

/** Of an interval in virtual s; null for 0, which switches heartbeats off. */
export function heartbeat(intervalS: number): Heartbeat | null {
  return intervalS === 0 ? null : { intervalUs: Math.round(intervalS * 1_000_000), hasSent: true, hasHeard: true, missed: 0 };
}

/** Half an interval has passed: whether a heartbeat has to be sent. */
export function mustSend(beat: Heartbeat): boolean {
  const isSilent = !beat.hasSent;
  beat.hasSent = false;
  return isSilent;
}

/** An interval has passed: whether the other side is gone. */
export function isGone(beat: Heartbeat): boolean {
  beat.missed = beat.hasHeard ? 0 : beat.missed + 1;
  beat.hasHeard = false;
  return beat.missed >= MOST_MISSED;
}
