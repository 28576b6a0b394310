/**
 * Where to wind to: a virtual time in µs, at which everything up to and including that moment has happened. With counts given, the exact
 * point within the moment; they hold within one engine version.
 */
export interface Target {
  readonly timeUs: number;
  readonly eventCount: number | null;
  readonly applied: number | null;
}
