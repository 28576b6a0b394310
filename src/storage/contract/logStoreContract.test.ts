import "fake-indexeddb/auto";
import { describe, expect, it } from "vitest";
import { openIndexedDbLogStore } from "../indexedDbLogStore";
import { logStoreContract } from "./logStoreContract";

describe("a log store in IndexedDB", () => {
  it.each(logStoreContract)("$name", async ({ name, run }) => {
    expect.hasAssertions();
    await run({
      open: () => openIndexedDbLogStore(name, () => undefined),
      equal: (actual, expected, what) => expect({ what, value: actual }).toEqual({ what, value: expected }),
    });
  });
});
