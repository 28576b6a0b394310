import type { LogStore, StoredBatch } from "../logStore";
import { StorageError } from "../storageError";

export interface ContractCase {
  readonly name: string;
  run(environment: ContractEnvironment): Promise<void>;
}

export interface ContractEnvironment {
  /** Opens a store on this case's own storage, empty at first. Called again, it opens a further store on the same. */
  open(): Promise<LogStore>;
  /** Fails the case unless both are deeply equal. Both are plain JSON values. */
  equal(actual: unknown, expected: unknown, what: string): void;
}

/** Closes the store, and runs `check` on a new one over the same storage. */
export async function reopened(store: LogStore, open: () => Promise<LogStore>, check: (again: LogStore) => Promise<void>): Promise<void> {
  store.close();
  await check(await open());
}

/** That the store gives back these batches of a partition, byte for byte. */
export async function equalBatches(
  store: LogStore,
  equal: ContractEnvironment["equal"],
  partition: string,
  batches: readonly StoredBatch[],
  runId = "run",
): Promise<void> {
  const kept = await store.readBatches(runId, partition);
  equal(kept.map(printBatch), batches.filter((own) => own.partition === partition).map(printBatch), `${runId} ${partition}`);
}

function printBatch({ bytes, partition, baseOffset, nextOffset, origin }: StoredBatch): string {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
  return `${partition} ${baseOffset}-${nextOffset} ${bytes.length} bytes #${hash} ${origin?.producerActor}:${origin?.sendNumbers.join()}`;
}

/** How the attempt failed: a storage error's reason, another error's name, or "nothing" when it succeeded. */
export async function failureOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return "nothing";
  } catch (error) {
    if (error instanceof StorageError) return error.reason;
    return error instanceof Error ? error.name : String(error);
  }
}
