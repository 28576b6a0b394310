import type { Page } from "@playwright/test";
import type { StampedCommand } from "../../src/core/world/command";
import type { Scenario } from "../../src/scenario/scenario";
import type { StoredProgress } from "../../src/storage/logDatabase";
import type { RunHeader, StoredBatch } from "../../src/storage/logStore";
import { type PackedBatches, unpackBatches } from "../../src/storage/packedBatches";

// What is read is what the page wrote: the casts below give rows the types of `storage/logDatabase.ts`.

/** What IndexedDB holds of one run, read without the page's own code. */
export interface SavedRun extends StoredProgress {
  readonly runId: string;
  readonly engineVersion: number;
  readonly scenario: Scenario;
  readonly commands: readonly StampedCommand[];
  /** Of all logs, each log's in append order. */
  readonly batches: readonly StoredBatch[];
}

/** How far each saved run is kept. */
export async function savedRuns(page: Page): Promise<readonly (StoredProgress & { readonly runId: string })[]> {
  const { progress } = await readDatabase(page);
  return progress.map(({ key, value }) => ({ runId: String(key), ...(value as StoredProgress) }));
}

/** Where each saved run was left, as it is noted. */
export async function standings(page: Page): Promise<readonly unknown[]> {
  const { headers } = await readDatabase(page);
  return headers.map(({ value }) => (value as RunHeader).left);
}

/** Everything that is kept of the only saved run. */
export async function onlySavedRun(page: Page): Promise<SavedRun> {
  const stores = await readDatabase(page);
  const [header, ...others] = stores.headers;
  const progress = stores.progress[0]?.value as StoredProgress | undefined;
  if (!header || !progress || others.length > 0) throw new Error(`there are ${stores.headers.length} saved runs`);
  const { runId, engineVersion, scenario } = header.value as RunHeader;
  return {
    ...progress,
    runId,
    engineVersion,
    scenario: scenario as Scenario,
    commands: stores.journal.map(({ value }) => (value as { readonly entry: StampedCommand }).entry),
    // Segments hold what came before the write-ahead rows; keys of each store come in order.
    batches: [...stores.segments, ...stores.writeAhead].flatMap(({ value }) => unpackBatches(value as PackedBatches)),
  };
}

const STORE_NAMES = ["headers", "progress", "journal", "segments", "writeAhead"] as const;
type Rows = readonly { readonly key: unknown; readonly value: unknown }[];

/** All rows of all stores, by IndexedDB itself; nothing where the database was never made. */
async function readDatabase(page: Page): Promise<Readonly<Record<(typeof STORE_NAMES)[number], Rows>>> {
  return page.evaluate(async (names) => {
    const answered = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener("success", () => resolve(request.result));
        request.addEventListener("error", () => reject(request.error ?? new Error("refused")));
      });
    const stores: Record<string, { key: unknown; value: unknown }[]> = Object.fromEntries(names.map((name) => [name, []]));
    const isThere = (await indexedDB.databases()).some(({ name }) => name === "topiq");
    if (isThere) {
      const database = await answered(indexedDB.open("topiq"));
      const transaction = database.transaction([...names], "readonly");
      await Promise.all(
        names.map(async (name) => {
          const store = transaction.objectStore(name);
          const [keys, values] = await Promise.all([answered(store.getAllKeys()), answered(store.getAll())]);
          stores[name] = keys.map((key, at) => ({ key, value: values[at] }));
        }),
      );
      database.close();
    }
    return stores as Record<(typeof names)[number], { key: unknown; value: unknown }[]>;
  }, STORE_NAMES);
}
