import { openDB } from "idb";
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import type { Checkpoint, RunHeader, RunProgress } from "./logStore";
import type { PackedBatches } from "./packedBatches";
import { StorageError, toStorageError } from "./storageError";
import type { StorageErrorReason } from "./storageError";

/** Version 2 keeps a ladder of checkpoints, where version 1 kept the newest one. */
const DATABASE_VERSION = 2;

interface LogSchema extends DBSchema {
  headers: { key: RunId; value: RunHeader };
  progress: { key: RunId; value: StoredProgress };
  ladder: { key: [RunId, eventCount: number]; value: Checkpoint };
  /** One row a command. */
  journal: { key: [RunId, index: number]; value: { readonly entry: unknown } };
  /** One row a commit that had batches, all partitions together, until they are folded into segments. */
  writeAhead: { key: [RunId, row: number]; value: PackedBatches };
  /** Batches of one partition. The size stands in the key, so that it is known without reading the bytes. */
  segments: { key: SegmentKey; value: PackedBatches };
}

type RunId = string;
export type SegmentKey = [RunId, partition: string, baseOffset: number, sizeBytes: number];

export interface StoredProgress extends RunProgress {
  /** What the write-ahead rows of the run hold together. Their keys count from 0 to `rowCount - 1`. */
  readonly writeAhead: WriteAheadSize;
}

export interface WriteAheadSize {
  readonly rowCount: number;
  readonly byteCount: number;
}

type StoreName = StoreNames<LogSchema>;
export type LogTransaction<Mode extends "readonly" | "readwrite" = "readwrite"> = IDBPTransaction<LogSchema, StoreName[], Mode>;

const STORE_NAMES: StoreName[] = ["headers", "progress", "ladder", "journal", "writeAhead", "segments"];

export interface LogDatabase {
  /** Runs `work` in one transaction over all stores and resolves when that has completed; if anything fails, it leaves nothing. */
  transact<Mode extends "readonly" | "readwrite", T>(mode: Mode, work: (transaction: LogTransaction<Mode>) => Promise<T>): Promise<T>;
  close(): void;
}

/**
 * Opens the database. `onLost` is called once if the browser or another tab ends the connection later. Rejects with a `StorageError`,
 * also when another tab holds an older version open: waiting for its user could take forever.
 */
export async function openLogDatabase(name: string, onLost: (reason: StorageErrorReason) => void): Promise<LogDatabase> {
  if (globalThis.indexedDB === undefined || globalThis.indexedDB === null) throw new StorageError("unavailable");
  let endedBecause: StorageErrorReason | null = null;
  const connection = await connect(name, (reason) => {
    if (endedBecause !== null) return;
    endedBecause = reason;
    // Whoever upgrades or deletes the database waits for this. Transactions under way still complete.
    connection.close();
    onLost(reason);
  });
  return {
    transact: async (mode, work) => {
      if (endedBecause !== null) throw new StorageError(endedBecause);
      return transact(connection, mode, work);
    },
    close: () => {
      endedBecause ??= "lost";
      connection.close();
    },
  };
}

function connect(name: string, onEnd: (reason: StorageErrorReason) => void): Promise<IDBPDatabase<LogSchema>> {
  return new Promise((resolve, reject) => {
    // Opening throws at once, rather than later, where the page's origin is opaque.
    const fail = (error: unknown): void => reject(toStorageError(error, "opening"));
    let isBlocked = false;
    try {
      openDB<LogSchema>(name, DATABASE_VERSION, {
        upgrade: (database, _from, _to, transaction) => upgrade(database, transaction),
        blocked: () => {
          isBlocked = true;
          reject(new StorageError("refused"));
        },
        blocking: (_version, newVersion) => onEnd(newVersion === null ? "lost" : "newer"),
        terminated: () => onEnd("lost"),
      }).then((database) => (isBlocked ? database.close() : resolve(database)), fail);
    } catch (error) {
      fail(error);
    }
  });
}

/** Makes what is missing, and brings over what version 1 kept in a store that is no more. */
async function upgrade(database: IDBPDatabase<LogSchema>, transaction: IDBPTransaction<LogSchema, StoreName[], "versionchange">): Promise<void> {
  for (const name of STORE_NAMES) if (!database.objectStoreNames.contains(name)) database.createObjectStore(name);
  const older = (database as IDBPDatabase<unknown>).objectStoreNames; // of a version that this schema does not describe
  if (!older.contains("checkpoints")) return;
  const checkpoints = (transaction as IDBPTransaction<unknown, string[], "versionchange">).objectStore("checkpoints");
  for (const runId of await checkpoints.getAllKeys()) {
    const checkpoint: Checkpoint | undefined = await checkpoints.get(runId);
    // One that is broken is no loss: the journal makes the run again.
    if (Number.isFinite(checkpoint?.eventCount) && checkpoint) write(transaction.objectStore("ladder").put(checkpoint, [String(runId), checkpoint.eventCount]));
  }
  (database as IDBPDatabase<unknown>).deleteObjectStore("checkpoints");
}

async function transact<Mode extends "readonly" | "readwrite", T>(
  connection: IDBPDatabase<LogSchema>,
  mode: Mode,
  work: (transaction: LogTransaction<Mode>) => Promise<T>,
): Promise<T> {
  let transaction: LogTransaction<Mode>;
  try {
    transaction = connection.transaction(STORE_NAMES, mode, { durability: "relaxed" });
  } catch (error) {
    throw toStorageError(error, "using");
  }
  const end = endOf(transaction);
  try {
    const result = await work(transaction);
    if ((await end) === "complete") return result;
  } catch (error) {
    abort(transaction);
    await end;
    throw toStorageError(transaction.error ?? error, "using");
  }
  throw toStorageError(transaction.error ?? new DOMException("aborted", "AbortError"), "using");
}

/**
 * How the transaction ends. Not `done` of idb, which rejects with the first failed request, when the transaction's own error (a full
 * quota, say) is not known yet.
 */
function endOf(transaction: LogTransaction<"readonly" | "readwrite">): Promise<"complete" | "abort"> {
  transaction.done.catch(() => undefined);
  return new Promise((resolve) => {
    transaction.addEventListener("complete", () => resolve("complete"));
    transaction.addEventListener("abort", () => resolve("abort"));
  });
}

function abort(transaction: LogTransaction<"readonly" | "readwrite">): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already, which is why its work failed.
  }
}

/** Starts a write that nobody waits for: when it fails, its whole transaction does. */
export function write(request: Promise<unknown>): void {
  request.catch(() => undefined);
}

/** All keys that begin with `prefix`: arrays sort after numbers and strings, so nothing of it lies above the end. */
export function keysUnder(...prefix: (string | number)[]): IDBKeyRange {
  return IDBKeyRange.bound(prefix, [...prefix, []]);
}
