import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { openIndexedDbLogStore } from "../indexedDbLogStore";
import type { LogStore } from "../logStore";
import { logStoreContract } from "./logStoreContract";
import { createMemoryLogStore } from "../memoryLogStore";
import type { MemoryRuns } from "../memoryLogStore";

const adapters: readonly { name: string; onNewStorage(caseName: string): () => Promise<LogStore> }[] = [
  {
    name: "IndexedDB",
    onNewStorage: (caseName) => () => openIndexedDbLogStore(caseName, () => undefined),
  },
  {
    name: "memory",
    onNewStorage: () => {
      const runs: MemoryRuns = new Map();
      return async () => createMemoryLogStore(runs);
    },
  },
];

describe.each(adapters)("a log store in $name", ({ onNewStorage }) => {
  it.each(logStoreContract)("$name", async ({ name, run }) => {
    expect.hasAssertions();
    await run({
      open: onNewStorage(name),
      equal: (actual, expected, what) => expect({ what, value: actual }).toEqual({ what, value: expected }),
    });
  });
});
