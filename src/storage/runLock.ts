/**
 * - `owned`: this tab may write to the run until it calls `release` or goes away.
 * - `taken`: another tab owns it.
 * - `unsupported`: this browser cannot tell (no Web Locks, or none for an opaque origin).
 */
export type RunLock = { readonly state: "owned"; release(): void } | { readonly state: "taken" } | { readonly state: "unsupported" };

/** Asks for the ownership of a run by a Web Lock, which the browser releases when the tab or worker ends, however it ends. Never waits. */
export function acquireRunLock(runId: string, locks: LockManager | undefined = globalThis.navigator?.locks): Promise<RunLock> {
  return request(runId, locks, { ifAvailable: true });
}

/** The same for a page that is loaded again: its predecessor, which may still be ending, is waited for, at most so many wall ms. */
export async function awaitRunLock(runId: string, waitMs: number, locks: LockManager | undefined = globalThis.navigator?.locks): Promise<RunLock> {
  const lock = await acquireRunLock(runId, locks);
  if (lock.state !== "taken") return lock;
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), waitMs);
  const waited = await request(runId, locks, { signal: ended.signal });
  clearTimeout(timer);
  return waited.state === "owned" ? waited : { state: "taken" };
}

function request(runId: string, locks: LockManager | undefined, options: LockOptions): Promise<RunLock> {
  if (locks === undefined) return Promise.resolve({ state: "unsupported" });
  return new Promise((resolve) => {
    const holdUntilReleased = (lock: Lock | null): Promise<void> | void => {
      if (lock === null) return resolve({ state: "taken" });
      return new Promise<void>((release) => resolve({ state: "owned", release: () => release() }));
    };
    locks.request(`topiq-run-${runId}`, options, holdUntilReleased).catch(() => resolve({ state: "unsupported" }));
  });
}
