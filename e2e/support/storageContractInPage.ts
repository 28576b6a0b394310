import { openIndexedDbLogStore } from "../../src/storage/indexedDbLogStore";
import { logStoreContract } from "../../src/storage/contract/logStoreContract";

declare global {
  interface Window {
    runStorageContract: typeof runStorageContract;
  }
}

/** Runs the log store's contract on the browser's own IndexedDB; what came of each case by its name, "" when it holds. */
async function runStorageContract(): Promise<Readonly<Record<string, string>>> {
  const outcomes: Record<string, string> = {};
  for (const { name, run } of logStoreContract) {
    outcomes[name] = await run({ open: () => openIndexedDbLogStore(`contract: ${name}`, () => undefined), equal }).then(
      () => "",
      (error: unknown) => String(error),
    );
  }
  return outcomes;
}

function equal(actual: unknown, expected: unknown, what: string): void {
  const [is, should] = [JSON.stringify(sorted(actual)), JSON.stringify(sorted(expected))];
  if (is !== should) throw new Error(`${what}: ${is} and not ${should}`);
}

/** The order of an object's fields means nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value === undefined ? "(undefined)" : value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([field, entry]) => [field, sorted(entry)]),
  );
}

window.runStorageContract = runStorageContract;
