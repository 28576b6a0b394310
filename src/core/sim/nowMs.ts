/** The virtual time in whole ms, as Kafka's timestamps have it. */
export function nowMs(context: { readonly nowUs: number }): number {
  return Math.floor(context.nowUs / 1000);
}
