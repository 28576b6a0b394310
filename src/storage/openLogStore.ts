import type { LogStore } from "./logStore";
import { createMemoryLogStore } from "./memoryLogStore";
import { StorageError } from "./storageError";
import type { StorageErrorReason } from "./storageError";

export interface OpenLogStoreOptions {
  readonly prefer: "indexeddb" | "memory";
  /** Called once if an IndexedDB store that was open is lost later: the site's data was cleared, or another tab upgrades. */
  readonly onLost: (reason: StorageErrorReason) => void;
  readonly databaseName?: string;
}

/** Opens the store asked for, or one in memory and the reason, when IndexedDB is missing, refused or newer. Never rejects. */
export async function openLogStore(options: OpenLogStoreOptions): Promise<{ store: LogStore; fallbackReason: StorageErrorReason | null }> {
  if (options.prefer === "memory") return { store: createMemoryLogStore(), fallbackReason: null };
  try {
    // Who keeps nothing, as an embed, does without.
    const { openIndexedDbLogStore } = await import("./indexedDbLogStore");
    return { store: await openIndexedDbLogStore(options.databaseName ?? "topiq", options.onLost), fallbackReason: null };
  } catch (error) {
    return { store: createMemoryLogStore(), fallbackReason: error instanceof StorageError ? error.reason : "unknown" };
  }
}
