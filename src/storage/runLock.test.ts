import { describe, expect, it } from "vitest";
import { acquireRunLock, awaitRunLock } from "./runLock";

describe("acquireRunLock", () => {
  it("gives a run to one at a time", async () => {
    const locks = fakeLocks();
    const owned = await acquireRunLock("run", locks);
    expect(owned.state).toBe("owned");
    expect((await acquireRunLock("run", locks)).state).toBe("taken");
    expect((await acquireRunLock("other", locks)).state).toBe("owned");
    if (owned.state === "owned") owned.release();
    await released(locks, "run");
    expect((await acquireRunLock("run", locks)).state).toBe("owned");
  });

  it("waits for a predecessor that is ending, and no longer than it is told to", async () => {
    const locks = fakeLocks();
    const owned = await acquireRunLock("run", locks);
    const waiting = awaitRunLock("run", 60_000, locks);
    if (owned.state === "owned") owned.release();
    expect((await waiting).state).toBe("owned");
    expect((await awaitRunLock("run", 0, locks)).state).toBe("taken");
    expect((await awaitRunLock("other", 0, locks)).state).toBe("owned");
  });

  it("says when the browser has no locks, or refuses them", async () => {
    expect(await acquireRunLock("run", undefined)).toEqual({ state: "unsupported" });
    const refusing = { ...fakeLocks(), request: () => Promise.reject(new DOMException("opaque origin", "SecurityError")) };
    expect(await acquireRunLock("run", refusing)).toEqual({ state: "unsupported" });
  });
});

interface FakeLocks extends LockManager {
  readonly held: Map<string, Promise<unknown>>;
}

/** The part of the Web Locks API that is used: a lock is held until the callback's promise settles. */
function fakeLocks(): FakeLocks {
  const held = new Map<string, Promise<unknown>>();
  const request = async (name: string, { ifAvailable, signal }: LockOptions, callback?: LockGrantedCallback<unknown>): Promise<unknown> => {
    if (ifAvailable && held.has(name)) return callback?.(null);
    if (signal) {
      const aborted = new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(new DOMException("waited", "AbortError"))));
      await Promise.race([held.get(name), aborted]);
    }
    const holding = Promise.resolve(callback?.({ name, mode: "exclusive" }));
    held.set(name, holding.finally(() => held.delete(name)));
    return holding;
  };
  // The overloads differ by argument count; one function serves those that are called here.
  return { held, request: request as LockManager["request"], query: () => Promise.resolve({}) };
}

async function released(locks: FakeLocks, runId: string): Promise<void> {
  await [...locks.held].find(([name]) => name.endsWith(`-${runId}`))?.[1];
}
