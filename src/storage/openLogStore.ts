import type { LogStore } from "./logStore";
import { StorageError } from "./storageError";
import type { StorageErrorReason } from "./storageError";

export interface OpenLogStoreOptions {
  /** Called once if a store that was open is lost later: the site's data was cleared, or another tab upgrades. */
  readonly onLost: (reason: StorageErrorReason) => void;
  readonly databaseName?: string;
}

export interface OpenedLogStore {
  readonly store: LogStore | null;
  /** Why there is none; null where there is one. */
  readonly reason: StorageErrorReason | null;
}

/** Opens the store in IndexedDB, or says why there is none: it is missing, refused or newer. Never rejects. */
export async function openLogStore({ onLost, databaseName = "topiq" }: OpenLogStoreOptions): Promise<OpenedLogStore> {
  try {
    // Who keeps nothing, as an embed, does without.
    const { openIndexedDbLogStore } = await import("./indexedDbLogStore");
    return { store: await openIndexedDbLogStore(databaseName, onLost), reason: null };
  } catch (error) {
    return { store: null, reason: error instanceof StorageError ? error.reason : "unknown" };
  }
}
