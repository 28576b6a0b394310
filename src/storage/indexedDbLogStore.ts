import { keysUnder, openLogDatabase, write } from "./logDatabase";
import type { LogTransaction, StoredProgress } from "./logDatabase";
import { lastSavedFirst } from "./logStore";
import type { Checkpoint, Commit, ForkPoint, LogStore, RunHeader, RunProgress, RunSummary, SavedRun, StorageEstimateBytes, StoredBatch } from "./logStore";
import { unpackBatches } from "./packedBatches";
import { isBeyond, NO_PROGRESS, progressAfterCommit, progressAfterTruncate, requireNotBeyond } from "./runProgress";
import { StorageError } from "./storageError";
import type { StorageErrorReason } from "./storageError";
import { keepBatches, truncateBatches } from "./storedBatches";

/**
 * Opens the log store in IndexedDB. `onLost` is called once if the browser or another tab ends the connection later. Rejects with a
 * `StorageError`. Durability is relaxed: the operating system has what was committed, so it survives the browser, if not a power cut.
 */
export async function openIndexedDbLogStore(databaseName: string, onLost: (reason: StorageErrorReason) => void): Promise<LogStore> {
  const database = await openLogDatabase(databaseName, onLost);
  const read = <T>(work: (transaction: LogTransaction<"readonly">) => Promise<T>): Promise<T> => database.transact("readonly", work);
  const change = (work: (transaction: LogTransaction) => Promise<void>): Promise<void> => database.transact("readwrite", work);
  return {
    listRuns: () => read(listRuns),
    createRun: (header) => change((transaction) => createRun(transaction, header)),
    openRun: (runId) => read((transaction) => openRun(transaction, runId)),
    readBatches: (runId, partition) => read((transaction) => readBatches(transaction, runId, partition)),
    readCheckpoints: (runId) => read((transaction) => transaction.objectStore("ladder").getAll(keysUnder(runId))),
    replace: (runId, commit) => change((transaction) => replace(transaction, runId, commit)),
    commit: (runId, commit) => change((transaction) => commitTo(transaction, runId, commit)),
    saveCheckpoint: (runId, checkpoint, dropped = []) => change((transaction) => saveCheckpoint(transaction, runId, checkpoint, dropped)),
    truncate: (runId, to) => change((transaction) => truncate(transaction, runId, to)),
    updateHeader: (runId, changes) => change((transaction) => updateHeader(transaction, runId, changes)),
    deleteRun: (runId) => change((transaction) => deleteRun(transaction, runId)),
    estimate: estimateBytes,
    close: database.close,
  };
}

async function createRun(transaction: LogTransaction, header: RunHeader): Promise<void> {
  const headers = transaction.objectStore("headers");
  if ((await headers.getKey(header.runId)) !== undefined) throw new Error(`run ${header.runId} exists already`);
  write(headers.put(header, header.runId));
  write(transaction.objectStore("progress").put({ ...NO_PROGRESS, writeAhead: { rowCount: 0, byteCount: 0 } }, header.runId));
}

async function openRun(transaction: LogTransaction<"readonly">, runId: string): Promise<SavedRun | null> {
  const [header, progress, places, rows, newest, rungs] = await Promise.all([
    transaction.objectStore("headers").get(runId),
    transaction.objectStore("progress").get(runId),
    transaction.objectStore("journal").getAllKeys(keysUnder(runId)),
    transaction.objectStore("journal").getAll(keysUnder(runId)),
    transaction.objectStore("ladder").openCursor(keysUnder(runId), "prev"),
    transaction.objectStore("ladder").getAllKeys(keysUnder(runId)),
  ]);
  if (header === undefined) return null;
  const isWhole = places.every(([, index], place) => index === place);
  return { header: headerOf(runId, header), progress: progressOf(progress), journal: isWhole ? rows.map((row) => row?.entry) : null, checkpoint: newest?.value ?? null, rungs: rungs.map(([, eventCount]) => eventCount) };
}

async function listRuns(transaction: LogTransaction<"readonly">): Promise<RunSummary[]> {
  const [runIds, headers] = await Promise.all([transaction.objectStore("headers").getAllKeys(), transaction.objectStore("headers").getAll()]);
  const progress = await Promise.all(runIds.map((runId) => transaction.objectStore("progress").get(runId)));
  return lastSavedFirst(runIds.map((runId, at) => ({ header: headerOf(runId, headers[at]), progress: progressOf(progress[at]) })));
}

/** A header as far as it can be read: one broken row must not hide the others, nor itself. */
function headerOf(runId: string, stored: RunHeader | undefined): RunHeader {
  const { savedAtMs, ...header } = { engineVersion: 0, scenario: null, name: "", createdAtMs: 0, savedAtMs: 0, ...(typeof stored === "object" ? stored : {}) };
  return { ...header, runId, savedAtMs: Number.isFinite(savedAtMs) ? savedAtMs : 0 };
}

/** What a row says of how far a run is kept; null for one that is missing or broken. */
function progressOf(stored: StoredProgress | undefined): RunProgress | null {
  if (![stored?.durableTimeUs, stored?.eventCount, stored?.journalLength].every((count) => Number.isSafeInteger(count)) || !stored?.partitionEnds) return null;
  const { durableTimeUs, eventCount, journalLength, partitionEnds } = stored;
  return { durableTimeUs, eventCount, journalLength, partitionEnds };
}

async function readBatches(transaction: LogTransaction<"readonly">, runId: string, partition: string): Promise<StoredBatch[]> {
  const [segments, rows] = await Promise.all([
    transaction.objectStore("segments").getAll(keysUnder(runId, partition)),
    transaction.objectStore("writeAhead").getAll(keysUnder(runId)),
  ]);
  const recent = rows.flatMap(unpackBatches).filter((batch) => batch.partition === partition);
  return [...segments.flatMap(unpackBatches), ...recent];
}

async function commitTo(transaction: LogTransaction, runId: string, commit: Commit): Promise<void> {
  const before = await requireProgress(transaction, runId);
  const progress = progressAfterCommit(before, commit);
  for (const [index, entry] of commit.journal.entries()) {
    write(transaction.objectStore("journal").put({ entry }, [runId, before.journalLength + index]));
  }
  const writeAhead = await keepBatches(transaction, runId, before.writeAhead, commit.batches);
  write(transaction.objectStore("progress").put({ ...progress, writeAhead }, runId));
}

async function replace(transaction: LogTransaction, runId: string, commit: Commit): Promise<void> {
  if ((await transaction.objectStore("headers").getKey(runId)) === undefined) throw new StorageError("lost");
  for (const name of MANY_ROWS) write(transaction.objectStore(name).delete(keysUnder(runId)));
  write(transaction.objectStore("progress").put({ ...NO_PROGRESS, writeAhead: { rowCount: 0, byteCount: 0 } }, runId));
  await commitTo(transaction, runId, commit);
}

async function saveCheckpoint(transaction: LogTransaction, runId: string, checkpoint: Checkpoint, dropped: readonly number[]): Promise<void> {
  requireNotBeyond(await requireProgress(transaction, runId), checkpoint);
  const ladder = transaction.objectStore("ladder");
  for (const eventCount of dropped) write(ladder.delete([runId, eventCount]));
  write(ladder.put(checkpoint, [runId, checkpoint.eventCount]));
}

async function truncate(transaction: LogTransaction, runId: string, to: ForkPoint): Promise<void> {
  const before = await requireProgress(transaction, runId);
  const progress = progressAfterTruncate(before, to);
  write(transaction.objectStore("journal").delete(IDBKeyRange.bound([runId, to.journalLength], [runId, []])));
  const ladder = transaction.objectStore("ladder");
  write(ladder.delete(IDBKeyRange.bound([runId, to.eventCount], [runId, []], true)));
  const last = await ladder.get([runId, to.eventCount]);
  if (last !== undefined && isBeyond(progress, last)) write(ladder.delete([runId, to.eventCount]));
  const writeAhead = await truncateBatches(transaction, runId, before.partitionEnds, to.partitionEnds);
  write(transaction.objectStore("progress").put({ ...progress, writeAhead }, runId));
}

async function updateHeader(transaction: LogTransaction, runId: string, changes: Partial<Omit<RunHeader, "runId">>): Promise<void> {
  const header = await transaction.objectStore("headers").get(runId);
  if (header === undefined) throw new StorageError("lost");
  write(transaction.objectStore("headers").put({ ...header, ...changes }, runId));
}

async function deleteRun(transaction: LogTransaction, runId: string): Promise<void> {
  for (const name of ["headers", "progress"] as const) write(transaction.objectStore(name).delete(runId));
  for (const name of MANY_ROWS) write(transaction.objectStore(name).delete(keysUnder(runId)));
}

/** The stores in which a run has many rows. */
const MANY_ROWS = ["ladder", "journal", "writeAhead", "segments"] as const;

async function requireProgress(transaction: LogTransaction, runId: string): Promise<StoredProgress> {
  const progress = await transaction.objectStore("progress").get(runId);
  if (progress === undefined) throw new StorageError("lost");
  return progress;
}

async function estimateBytes(): Promise<StorageEstimateBytes | null> {
  try {
    const { usage, quota } = await navigator.storage.estimate();
    return usage === undefined || quota === undefined ? null : { usedBytes: usage, quotaBytes: quota };
  } catch {
    // No estimate, or none for an opaque origin: a figure less on the screen, and no failure.
    return null;
  }
}
