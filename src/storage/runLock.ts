/**
 * - `owned`: this tab may write to the run until it calls `release` or goes away.
 * - `taken`: another tab owns it.
 * - `unsupported`: this browser cannot tell (no Web Locks, or none for an opaque origin).
 */
export type RunLock = { readonly state: "owned"; release(): void } | { readonly state: "taken" } | { readonly state: "unsupported" };

/** Asks for the ownership of a run by a Web Lock, which the browser releases when the tab or worker ends, however it ends. Never waits. */
export function acquireRunLock(runId: string, locks: LockManager | undefined = globalThis.navigator?.locks): Promise<RunLock> {
  if (locks === undefined) return Promise.resolve({ state: "unsupported" });
  return new Promise((resolve) => {
    const holdUntilReleased = (lock: Lock | null): Promise<void> | void => {
      if (lock === null) return resolve({ state: "taken" });
      return new Promise<void>((release) => resolve({ state: "owned", release: () => release() }));
    };
    locks.request(`topiq-run-${runId}`, { ifAvailable: true }, holdUntilReleased).catch(() => resolve({ state: "unsupported" }));
  });
}
