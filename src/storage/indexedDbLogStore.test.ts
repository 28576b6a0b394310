import { isDeepStrictEqual } from "node:util";
import "fake-indexeddb/auto";
import { forceCloseDatabase } from "fake-indexeddb";
import { deleteDB, openDB } from "idb";
import { afterEach, describe, expect, it, vi } from "vitest";
import { openIndexedDbLogStore } from "./indexedDbLogStore";
import type { LogStore, StoredBatch } from "./logStore";
import type { PackedBatches } from "./packedBatches";
import { openLogStore } from "./openLogStore";
import type { StorageErrorReason } from "./storageError";
import { SEGMENT_MAX_BYTES, SEGMENT_MIN_BYTES, WRITE_AHEAD_MAX_BYTES, WRITE_AHEAD_MAX_ROWS } from "./storageLimits";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Each way in which a transaction fails under its work, and the reason to report. */
const failures: readonly { name: string; reason: StorageErrorReason; fail(transaction: IDBTransaction): void }[] = [
  { name: "an abort", reason: "lost", fail: (transaction) => abortWith(transaction, "AbortError") },
  { name: "a fault of the disk", reason: "unknown", fail: (transaction) => abortWith(transaction, "UnknownError") },
  { name: "a full quota", reason: "quota", fail: (transaction) => abortWith(transaction, "QuotaExceededError") },
  {
    name: "a connection that ends half-way",
    reason: "lost",
   
    fail: (transaction) => {
      abortWith(transaction, "AbortError");
      endConnection(transaction.db);
    },
  },
];

const changes: readonly { name: string; change(store: LogStore): Promise<unknown> }[] = [
  { name: "a commit of one row", change: (store) => store.commit("run", commit(100, [batch(1000, 100)], ["c", "d"])) },
  {
    name: "a commit folded into segments",
    change: (store) => store.commit("run", commit(100, [batch(1000, WRITE_AHEAD_MAX_BYTES)], ["c"])),
  },
  {
    name: "a truncation",
    change: (store) => store.truncate("run", { durableTimeUs: 1, eventCount: 1, journalLength: 1, partitionEnds: { "orders-0": 1 } }),
  },
  { name: "a checkpoint", change: (store) => store.saveCheckpoint("run", { ...checkpoint, state: "newer" }) },
  { name: "a new run", change: (store) => store.createRun(header("other")) },
  { name: "a new header", change: (store) => store.updateHeader("run", { name: "renamed" }) },
  { name: "a deletion", change: (store) => store.deleteRun("run") },
];

describe.each(failures)("after $name", ({ name: failureName, reason, fail }) => {
  it.each(changes)("$name leaves nothing, at whichever request it failed", async ({ name, change }) => {
    let requestCount = 0;
    for (;;) {
      const database = `${failureName} ${name} ${requestCount}`;
      const store = await openIndexedDbLogStore(database, () => undefined);
      await fill(store);
      const before = await dump(database);
      const hasFailed = failRequest(requestCount, fail);
      const outcome = await change(store).then(() => "kept", (error: unknown) => error);
      vi.restoreAllMocks();
      if (!hasFailed()) break;
      expect(outcome, `request ${requestCount}`).toMatchObject({ name: "StorageError", reason });
      expect(isDeepStrictEqual(await dump(database), before), `request ${requestCount} left nothing`).toBe(true);
      requestCount += 1;
    }
    expect(requestCount, "requests struck").toBeGreaterThan(0);
  });
});

describe("the rows", () => {
  it("hold one row a commit, and are folded into segments when there are many", async () => {
    const store = await openIndexedDbLogStore("many rows", () => undefined);
    await store.createRun(header("run"));
    for (let index = 0; index < WRITE_AHEAD_MAX_ROWS - 1; index++) {
      await store.commit("run", commit(index, [batch(index, 100), { ...batch(index, 100), partition: "orders-1" }]));
    }
    expect(await sizes("many rows")).toEqual({ writeAhead: Array(WRITE_AHEAD_MAX_ROWS - 1).fill(200), segments: [] });
    await store.commit("run", commit(100, [batch(100, 100)]));
    expect(await sizes("many rows")).toEqual({ writeAhead: [], segments: [6400, 6300] });
    await store.commit("run", commit(101, [batch(101, 100)]));
    expect(await sizes("many rows")).toEqual({ writeAhead: [100], segments: [6400, 6300] });
  });

  it("are folded by their bytes, into segments that grow until they are large", async () => {
    const store = await openIndexedDbLogStore("large rows", () => undefined);
    await store.createRun(header("run"));
    const size = WRITE_AHEAD_MAX_BYTES / 4;
    for (let index = 0; index < 3; index++) await store.commit("run", commit(index, [batch(index, size)]));
    expect(await sizes("large rows")).toEqual({ writeAhead: [size, size, size], segments: [] });
    await store.commit("run", commit(3, [batch(3, size), { ...batch(3, SEGMENT_MIN_BYTES - 1), partition: "orders-1" }]));
    expect(await sizes("large rows")).toEqual({ writeAhead: [], segments: [4 * size, SEGMENT_MIN_BYTES - 1] });
    await store.commit("run", commit(4, [batch(4, WRITE_AHEAD_MAX_BYTES), { ...batch(4, 1), partition: "orders-1" }]));
    expect(await sizes("large rows")).toEqual({ writeAhead: [], segments: [4 * size, WRITE_AHEAD_MAX_BYTES, SEGMENT_MIN_BYTES] });
  });

  it("are folded into several segments when one would be too large", async () => {
    const store = await openIndexedDbLogStore("huge commit", () => undefined);
    await store.createRun(header("run"));
    const half = SEGMENT_MAX_BYTES / 2;
    await store.commit("run", commit(1, [batch(0, half), batch(1, half), batch(2, 1), batch(3, 3 * half), batch(4, 5)]));
    expect(await sizes("huge commit")).toEqual({ writeAhead: [], segments: [2 * half, 1, 3 * half, 5] });
  });

  it("are columns with buffers of their own", async () => {
    const store = await openIndexedDbLogStore("columns", () => undefined);
    await store.createRun(header("run"));
    await store.commit("run", commit(1, [batch(0, 100)]));
    const [row] = (await dump("columns")).writeAhead?.values ?? [];
    expect(row).toEqual({
      partitions: ["orders-0"],
      partitionIndexes: Uint32Array.of(0),
      baseOffsets: Float64Array.of(0),
      nextOffsets: Float64Array.of(1),
      sizes: Uint32Array.of(100),
      producerActors: Int32Array.of(1),
      sendCounts: Uint32Array.of(1),
      sendNumbers: Float64Array.of(0),
      bytes: new Uint8Array(100),
    });
    expect((row as PackedBatches).bytes.buffer.byteLength).toBe(100);
  });

  it("are written with relaxed durability", async () => {
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    const store = await openIndexedDbLogStore("relaxed", () => undefined);
    await store.createRun(header("run"));
    expect(transaction.mock.lastCall?.slice(1)).toEqual(["readwrite", { durability: "relaxed" }]);
  });
});

describe("the connection", () => {
  it("gives way to a newer version of the page and says so once", async () => {
    const onLost = vi.fn<(reason: StorageErrorReason) => void>();
    const store = await openIndexedDbLogStore("upgraded", onLost);
    await fill(store);
    const last = store.commit("run", commit(100, [], ["last"]));
    (await openDB("upgraded", 7)).close();
    await last;
    expect(onLost.mock.calls).toEqual([["newer"]]);
    await expect(store.listRuns()).rejects.toMatchObject({ reason: "newer" });
    store.close();
    expect(onLost).toHaveBeenCalledTimes(1);
  });

  it("says that it was lost when the site's data is cleared", async () => {
    const onLost = vi.fn<(reason: StorageErrorReason) => void>();
    await openIndexedDbLogStore("cleared", onLost);
    await deleteDB("cleared");
    expect(onLost.mock.calls).toEqual([["lost"]]);
  });

  it("says that it was lost when the browser ends it", async () => {
    const onLost = vi.fn<(reason: StorageErrorReason) => void>();
    const transaction = vi.spyOn(IDBDatabase.prototype, "transaction");
    const store = await openIndexedDbLogStore("ended", onLost);
    await store.listRuns();
    endConnection(transaction.mock.contexts[0] as IDBDatabase);
    expect(onLost.mock.calls).toEqual([["lost"]]);
    await expect(store.listRuns()).rejects.toMatchObject({ reason: "lost" });
  });

  it("says nothing when it is closed by its owner", async () => {
    const onLost = vi.fn<(reason: StorageErrorReason) => void>();
    const store = await openIndexedDbLogStore("closed", onLost);
    store.close();
    (await openDB("closed", 7)).close();
    expect(onLost).not.toHaveBeenCalled();
  });
});

describe("openLogStore", () => {
  it("opens what it is asked for", async () => {
    const { store, reason } = await open("asked");
    expect([store === null, reason]).toEqual([false, null]);
  });

  it("gives none, and the reason, without IndexedDB", async () => {
    vi.stubGlobal("indexedDB", undefined);
    expect(await open("missing")).toEqual({ store: null, reason: "unavailable" });
  });

  it.each(["SecurityError", "InvalidStateError"])("gives none, and the reason, when refused by a %s", async (name) => {
    vi.spyOn(indexedDB, "open").mockImplementation(() => {
      throw new DOMException("refused", name);
    });
    expect(await open("refused")).toEqual({ store: null, reason: "refused" });
  });

  it("gives none, and the reason, when the data is a newer page's", async () => {
    (await openDB("newer", 7)).close();
    expect(await open("newer")).toEqual({ store: null, reason: "newer" });
  });

  it("does not wait for a tab that holds an older version, and does not keep the database once it could", async () => {
    const older = await openDB("blocked", 1);
    const openNow = indexedDB.open.bind(indexedDB);
    vi.spyOn(indexedDB, "open").mockImplementation((name) => openNow(name, 2));
    expect(await open("blocked")).toEqual({ store: null, reason: "refused" });
    older.close();
    vi.restoreAllMocks();
    expect((await openDB("blocked", 3)).version).toBe(3);
  });
});

function open(databaseName: string) {
  return openLogStore({ onLost: () => undefined, databaseName });
}

const checkpoint = { timeUs: 5, eventCount: 5, journalLength: 1, state: "state", logs: [] };

/** A run with segments, write-ahead rows, a journal and a checkpoint. */
async function fill(store: LogStore): Promise<void> {
  await store.createRun(header("run"));
  await store.commit("run", commit(1, [batch(0, 10), batch(1, WRITE_AHEAD_MAX_BYTES), batch(2, 10)], ["a"]));
  await store.commit("run", commit(6, [batch(3, 10), { ...batch(0, 10), partition: "orders-1" }], ["b"]));
  await store.saveCheckpoint("run", checkpoint);
}

function header(runId: string) {
  return { runId, engineVersion: 1, scenario: {}, name: runId, createdAtMs: 1, savedAtMs: 1 };
}

function commit(eventCount: number, batches: readonly StoredBatch[], journal: readonly unknown[] = []) {
  return { durableTimeUs: eventCount, eventCount, batches, journal };
}

function batch(baseOffset: number, sizeBytes: number): StoredBatch {
  const origin = { producerActor: 1, sendNumbers: [baseOffset] };
  return { partition: "orders-0", baseOffset, nextOffset: baseOffset + 1, bytes: new Uint8Array(sizeBytes), origin };
}

/** Makes the object stores' request number `index` fail its transaction, and tells whether it was reached. */
function failRequest(index: number, fail: (transaction: IDBTransaction) => void): () => boolean {
  let count = 0;
  for (const method of ["get", "getKey", "getAll", "openKeyCursor", "put", "delete"] as const) {
    const original = IDBObjectStore.prototype[method] as (...values: unknown[]) => unknown;
    vi.spyOn(IDBObjectStore.prototype, method).mockImplementation(function (this: IDBObjectStore, ...values: unknown[]): never {
      const request = original.apply(this, values);
      if (count++ === index) fail(this.transaction);
      // The spy is typed by what the method returns; whichever it is, it is passed on as it is.
      return request as never;
    });
  }
  return () => count > index;
}

function abortWith(transaction: IDBTransaction, errorName: string): void {
  // What a browser does of itself has no public way in; this is the one of fake-indexeddb.
  (transaction as IDBTransaction & Record<"_abort", (errorName: string) => void>)["_abort"](errorName);
}

function endConnection(database: IDBDatabase): void {
  // Its declared type asks for the class, while it takes a connection.
  (forceCloseDatabase as unknown as (database: IDBDatabase) => void)(database);
}

async function dump(databaseName: string): Promise<Record<string, { keys: IDBValidKey[]; values: unknown[] }>> {
  const database = await openDB(databaseName);
  const stores: Record<string, { keys: IDBValidKey[]; values: unknown[] }> = {};
  for (const name of database.objectStoreNames) {
    stores[name] = { keys: await database.getAllKeys(name), values: await database.getAll(name) };
  }
  database.close();
  return stores;
}

/** Batch bytes of each row, as the values say; for segments their keys must say the same. */
async function sizes(databaseName: string) {
  const { writeAhead, segments } = await dump(databaseName);
  expect(segments?.keys.map((key) => (key as IDBValidKey[])[3])).toEqual(segments?.values.map(sizeOf));
  return { writeAhead: writeAhead?.values.map(sizeOf), segments: segments?.values.map(sizeOf) };
}

/** Both stores hold packed batches. */
function sizeOf(value: unknown): number {
  return (value as PackedBatches).bytes.length;
}
