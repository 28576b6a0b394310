import { describe, expect, it } from "vitest";
import type { WorkerMessage } from "../bridge/messages";
import { beginHistory } from "../core/cluster/history";
import { orders } from "../scenario/presets/orders";
import type { RunKeeper } from "./runKeeper";
import type { RunShelf } from "./runShelf";
import { World } from "./world";

describe("a world that another one takes the place of", () => {
  it("says nothing any more, not even what its store was still busy with", async () => {
    const posted: WorkerMessage[] = [];
    let kept = (): void => undefined;
    const keeper = { commit: () => new Promise<void>((resolve) => (kept = resolve)), keptUntilUs: 0 };
    const opened = { history: beginHistory(orders, []), scenario: orders, origin: "scenario", notices: [], keeper, status: { state: "saved", runId: "run" } };
    // Only what a world asks of its shelf and its keeper here.
    const shelf = { open: () => Promise.resolve({ ...opened, keeper: keeper as unknown as RunKeeper }), release: () => undefined } as unknown as RunShelf;
    const host = { post: (message: WorkerMessage) => void posted.push(message), nowMs: () => 0, shelf };
    const world = await World.open(1, host, { kind: "scenario", scenario: orders, run: null, isForeign: false }, "indexeddb", false);
    expect(posted.map(({ type }) => type)).toEqual(["opened", "storage"]);
    world.close();
    kept();
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    expect(posted.map(({ type }) => type)).toEqual(["opened", "storage"]);
  });
});
