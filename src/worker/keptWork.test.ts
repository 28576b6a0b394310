import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { deleteDB, type IDBPDatabase } from "idb";
import { beforeEach, describe, expect, it } from "vitest";
import type { KeptRun, Notice, OpeningProblem, StorageStatus } from "../bridge/messages";
import { imageDigest } from "../core/picture/imageDigest";
import { encodeLink } from "../scenario/link";
import { orders } from "../scenario/presets/orders";
import type { Scenario } from "../scenario/scenario";
import { readKeptDatabase, restoreDatabase, tamper } from "../storage/testDatabase";
import { TestPage } from "./testPage";

/** The page's own database. */
const NAME = "topiq";
const released = await readKeptDatabase(Uint8Array.from(readFileSync(new URL("../storage/vectors/database-v1.json.gz", import.meta.url))));

beforeEach(() => deleteDB(NAME));

interface OpenedRun {
  readonly page: TestPage;
  readonly scenario: Scenario;
  readonly origin: "saved" | "scenario" | "link";
  readonly notices: readonly Notice["id"][];
  readonly status: StorageStatus["state"];
  readonly timeUs: number;
  readonly digest: string;
}

/** Opens what is kept, as a visit of the page does. */
async function visit(runId: string | null = null): Promise<OpenedRun> {
  const page = new TestPage();
  await page.open({ kind: "saved", runId, otherwise: orders }, "indexeddb");
  const opened = page.all("opened").at(-1);
  const image = await page.image();
  if (!opened) throw new Error("nothing was opened");
  const status = page.all("storage").at(-1)?.status.state ?? "opening";
  return { page, scenario: opened.scenario, origin: opened.origin, notices: opened.notices.map(({ id }) => id), status, timeUs: image.clock.timeUs, digest: imageDigest(image) };
}

async function runs(page: TestPage): Promise<readonly KeptRun[]> {
  return (await page.query({ kind: "runs" })).runs;
}

/** A run with two commands and some ten thousand events, kept and left; its last moment's picture. */
async function keepRun(): Promise<{ readonly runId: string; readonly digest: string; readonly timeUs: number }> {
  const page = new TestPage();
  await page.open({ kind: "document", document: { ...orders, name: "Mine" }, isForeign: false }, "indexeddb");
  for (const [at, seconds] of [30, 60, 90, 240].entries()) {
    await page.ask({ type: "seek", timeUs: seconds * 1_000_000 });
    await page.take();
    if (at < 2) await page.ask({ type: "submit", command: { type: "addConsumer", consumer: { clientId: `late-${at}`, groupId: "billing", processing: { timeMs: 200 } } } });
    await page.take();
  }
  const image = await page.image();
  const status = page.all("storage").at(-1)?.status;
  if (status?.state !== "saved") throw new Error("nothing was kept");
  return { runId: status.runId, digest: imageDigest(image), timeUs: image.clock.timeUs };
}

const onlyKey = async (database: IDBPDatabase, store: string): Promise<IDBValidKey> => (await database.getAllKeys(store)).at(-1) ?? "";

describe("a database that the first released page kept", () => {
  it("opens where it was, run by another engine: its commands at their times", async () => {
    await restoreDatabase(released, NAME);
    const opened = await visit();
    expect(opened).toMatchObject({ origin: "saved", notices: ["engineDiffers"], status: "saved", timeUs: released.shownUs });
    // What it makes of it is a run of its own, beside the one that it came from.
    const commands = released.stores["journal"]?.length;
    expect((await runs(opened.page)).map((run) => run.commands)).toEqual([commands, commands]);
  });

  it("opens the same from its journal alone", async () => {
    await restoreDatabase(released, NAME);
    const { digest } = await visit();
    await deleteDB(NAME);
    await restoreDatabase({ ...released, stores: { ...released.stores, checkpoints: [], segments: [], writeAhead: [] } }, NAME);
    expect(await visit()).toMatchObject({ origin: "saved", digest, timeUs: released.shownUs, notices: ["engineDiffers"] });
  });

  it("goes on, and opens again", async () => {
    await restoreDatabase(released, NAME);
    const { page } = await visit();
    await page.ask({ type: "seek", timeUs: 60_000_000 });
    await page.take();
    expect(await visit()).toMatchObject({ origin: "saved", status: "saved", timeUs: 60_000_000, notices: ["resumed"] });
  });
});

describe("broken derived data falls back to the journal", () => {
  it.each<[string, (database: IDBPDatabase) => Promise<unknown>]>([
    ["a checkpoint of garbage", async (database) => database.put("ladder", { eventCount: 1, state: "garbage" }, await onlyKey(database, "ladder"))],
    ["a checkpoint without a state", async (database) => database.put("ladder", {}, await onlyKey(database, "ladder"))],
    ["no progress", (database) => database.clear("progress")],
    ["a progress of garbage", async (database) => database.put("progress", { durableTimeUs: Number.NaN }, await onlyKey(database, "progress"))],
    ["a progress that counts events beyond all reason", async (database) => {
      const key = await onlyKey(database, "progress");
      return database.put("progress", { ...(await database.get("progress", key)), eventCount: 1e12 }, key);
    }],
    ["a write-ahead row of garbage", async (database) => {
      for (const key of await database.getAllKeys("writeAhead")) await database.put("writeAhead", { bytes: "garbage" }, key);
      for (const key of await database.getAllKeys("segments")) await database.put("segments", 7, key);
    }],
    ["batches that are missing", async (database) => Promise.all([database.clear("segments"), database.clear("writeAhead")])],
  ])("%s", async (_what, damage) => {
    const kept = await keepRun();
    await tamper(NAME, damage);
    const opened = await visit();
    expect(opened).toMatchObject({ origin: "saved", status: "saved", scenario: { name: "Mine" } });
    expect(opened.notices).toContain("rebuilt");
    // Without its progress a run is known up to its last command or checkpoint.
    if (opened.timeUs === kept.timeUs) expect(opened.digest).toBe(kept.digest);
    else expect(opened.timeUs).toBeGreaterThanOrEqual(60_000_000);
    await opened.page.ask({ type: "seek", timeUs: 250_000_000 });
    await opened.page.take();
    expect(await visit()).toMatchObject({ origin: "saved", status: "saved", timeUs: 250_000_000, notices: ["resumed"] });
  });

  it("bytes that have changed, found behind the first picture", async () => {
    const kept = await keepRun();
    await tamper(NAME, async (database) => {
      const store = (await database.count("segments")) > 0 ? "segments" : "writeAhead";
      const [key] = await database.getAllKeys(store);
      const row = await database.get(store, key ?? "");
      row.bytes[65] ^= 1;
      return database.put(store, row, key);
    });
    const { page } = await visit();
    await page.rest();
    expect(page.all("opened").map(({ notices }) => notices.map(({ id }) => id))).toEqual([["resumed"], ["rebuilt"]]);
    expect(imageDigest(await page.image())).toBe(kept.digest);
    expect(await visit()).toMatchObject({ digest: kept.digest, notices: ["resumed"] });
  });
});

describe("a run that cannot be opened is named and stays", () => {
  it.each<[string, (database: IDBPDatabase) => Promise<unknown>]>([
    ["a document of a newer page", async (database) => {
      const [header] = await database.getAll("headers");
      return database.put("headers", { ...header, scenario: { ...header.scenario, schemaVersion: 99 } }, header.runId);
    }],
    ["a document that is gone", async (database) => {
      const [header] = await database.getAll("headers");
      return database.put("headers", { ...header, scenario: null }, header.runId);
    }],
    ["a command that is missing", async (database) => database.delete("journal", (await database.getAllKeys("journal"))[0] ?? "")],
    ["a command that is none", async (database) => database.put("journal", { entry: { timeUs: 1, eventCount: 1, command: { type: "win" } } }, (await database.getAllKeys("journal"))[0])],
    ["commands that do not fit", async (database) => {
      const [key] = await database.getAllKeys("journal");
      const row = await database.get("journal", key ?? "");
      return database.put("journal", { entry: { ...row.entry, command: { type: "deleteTopic", topic: "nope" } } }, key);
    }],
  ])("%s", async (what, damage) => {
    const { runId } = await keepRun();
    await tamper(NAME, damage);
    const opened = await visit();
    // What a checkpoint has seen is not made again; only what must be is looked at.
    if (what === "commands that do not fit" && opened.origin === "saved") return;
    expect(opened).toMatchObject({ origin: "scenario", notices: ["unopenable"], status: "saved", timeUs: orders.startMs * 1000 });
    const list = await runs(opened.page);
    expect(list.find((run) => run.runId === runId)).toMatchObject({ name: "Mine" });
    await opened.page.open({ kind: "saved", runId, otherwise: orders }, "indexeddb");
    expect(opened.page.all("refused").at(-1)?.problem).toEqual({ reason: "unopenable", params: { name: "Mine" } } satisfies OpeningProblem);
    expect((await runs(opened.page)).length).toBe(list.length);
  });

  it("and hides no other", async () => {
    await keepRun();
    await keepRun();
    await tamper(NAME, async (database) => database.put("headers", "garbage", (await database.getAllKeys("headers"))[0]));
    const opened = await visit();
    expect(opened.origin).toBe("saved");
    expect((await runs(opened.page)).map(({ isBroken }) => isBroken).sort()).toEqual([false, true]);
  });
});

describe("a storage that is full", () => {
  it("loses nothing that was saved to who tries again, however often", async () => {
    const page = new TestPage();
    await page.open({ kind: "document", document: orders, isForeign: false }, "indexeddb");
    await page.ask({ type: "seek", timeUs: 40_000_000 });
    await page.take();
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    try {
      await page.ask({ type: "seek", timeUs: 50_000_000 });
      await page.take();
      for (let time = 0; time < 3; time++) {
        await page.ask({ type: "retryStorage" });
        await page.rest();
      }
    } finally {
      IDBObjectStore.prototype.put = put;
    }
    expect(page.all("kept").map(({ isSaved }) => isSaved)).toEqual([false, false, false]);
    expect(page.all("storage").at(-1)?.status).toMatchObject({ state: "memory", savedUntilUs: 40_000_000 });
    expect(await visit()).toMatchObject({ origin: "saved", timeUs: 40_000_000 });
  });
});

describe("a copy that nobody has asked to keep", () => {
  const link = encodeLink({ scenario: { ...orders, name: "Of a friend" }, run: null });
  const names = async (page: TestPage): Promise<readonly unknown[]> => (await runs(page)).map(({ name }) => name);

  it("is kept when somebody has worked in it and something else takes its place, whatever that is", async () => {
    for (const work of ["command", "words"] as const) {
      await deleteDB(NAME);
      const page = new TestPage();
      await page.open({ kind: "link", link }, "indexeddb");
      if (work === "command") await page.ask({ type: "submit", command: { type: "deliverAs", mode: "pubsub" } });
      else page.say({ type: "saveDocument", document: { name: "Of a friend", description: "", layout: { "topic:orders": { x: 1, y: 2 } }, labels: {} } });
      await page.take();
      await page.open({ kind: "document", document: orders, isForeign: false }, "indexeddb");
      expect(page.all("opened").at(-1)?.notices).toContainEqual({ id: "copyKept", params: {} });
      expect(await names(page)).toContain("Of a friend");
      const [run] = (await runs(page)).filter(({ name }) => name === "Of a friend");
      expect(await visit(run?.runId)).toMatchObject({ scenario: { name: "Of a friend" }, status: "saved" });
    }
  });

  it("goes when nobody has", async () => {
    const page = new TestPage();
    await page.open({ kind: "link", link }, "indexeddb");
    await page.open({ kind: "document", document: orders, isForeign: false }, "indexeddb");
    expect(page.all("opened").at(-1)?.notices).toEqual([]);
    expect(await names(page)).not.toContain("Of a friend");
  });
});

describe("a tab that is loaded again", () => {
  it("comes back to the run that it had, whatever another has kept since; without it to the last one", async () => {
    const first = await keepRun();
    const second = await keepRun();
    const open = async (lastHere: string | null): Promise<StorageStatus | undefined> => {
      const page = new TestPage();
      await page.open({ kind: "saved", runId: null, lastHere, otherwise: orders }, "indexeddb");
      return page.all("storage").at(-1)?.status;
    };
    expect(await open(first.runId)).toEqual({ state: "saved", runId: first.runId });
    expect(await open(second.runId)).toEqual({ state: "saved", runId: second.runId });
    expect(await open("gone")).toEqual({ state: "saved", runId: second.runId });
  });
});

describe("what counts as work", () => {
  it("a document that somebody has edited stays, without a command; one that nobody touched goes", async () => {
    for (const isEdited of [true, false]) {
      const page = new TestPage();
      await page.open({ kind: "document", document: orders, isForeign: false }, "indexeddb");
      if (isEdited) page.say({ type: "saveDocument", document: { name: "My lesson", description: "", layout: {}, labels: {} } });
      await page.rest();
    }
    const page = new TestPage();
    await page.open({ kind: "document", document: orders, isForeign: false }, "indexeddb");
    expect((await runs(page)).map(({ name }) => name).filter((name) => typeof name === "string")).toEqual(["My lesson"]);
  });

  it("the run used last comes back, also when the clock was set back since", async () => {
    const first = await keepRun();
    const ahead = Date.now() + 86_400_000;
    await tamper(NAME, async (database) => database.put("headers", { ...(await database.get("headers", first.runId)), savedAtMs: ahead }, first.runId));
    const second = await keepRun();
    const { page } = await visit();
    expect(page.all("storage").at(-1)?.status).toEqual({ state: "saved", runId: second.runId });
  });
});

describe("a run in which the engine had stopped", () => {
  it("stands still when it is opened again, and says so once", async () => {
    const { runId } = await keepRun();
    await tamper(NAME, async (database) => database.put("headers", { ...(await database.get("headers", runId)), hasStopped: true }, runId));
    for (const notices of [["resumed", "stopped"], ["resumed"]]) {
      const page = new TestPage();
      await page.open({ kind: "saved", runId: null, otherwise: orders }, "indexeddb", true);
      expect(page.frames().at(-1)?.playback.playing).toBe(false);
      expect(page.all("opened").at(-1)?.notices.map(({ id }) => id)).toEqual(notices);
    }
  });
});

describe("a run of another engine", () => {
  it.each([0, 99])("of version %i is made again as a run of its own, and says so; the old one stays whole", async (engineVersion) => {
    const { runId } = await keepRun();
    await tamper(NAME, async (database) => database.put("headers", { ...(await database.get("headers", runId)), engineVersion }, runId));
    const before = JSON.stringify(await dump());
    const opened = await visit();
    expect(opened).toMatchObject({ origin: "saved", notices: ["engineDiffers"], status: "saved", timeUs: 240_000_000 });
    const status = opened.page.all("storage").at(-1)?.status;
    expect(status?.state === "saved" && status.runId !== runId).toBe(true);
    const after = JSON.stringify(await dump(runId));
    expect(after.length).toBeGreaterThan(100);
    expect(before).toContain(after.slice(1, -1));
    expect(await visit()).toMatchObject({ notices: ["resumed"], timeUs: 240_000_000, digest: opened.digest });
  });

  /** All rows of a run, or of all, header and order of saving aside. */
  async function dump(runId = ""): Promise<unknown[]> {
    const rows: unknown[] = [];
    await tamper(NAME, async (database) => {
      for (const store of ["journal", "segments", "writeAhead"]) {
        for (const key of await database.getAllKeys(store)) if (String(key).startsWith(runId)) rows.push([store, key, await database.get(store, key)]);
      }
    });
    return rows;
  }
});

describe("a run is opened where it was left", () => {
  async function open(): Promise<TestPage> {
    const page = new TestPage();
    await page.open({ kind: "saved", runId: null, otherwise: orders }, "indexeddb", true);
    return page;
  }

  it("at its moment, standing still, at its speed; with what lay ahead", async () => {
    const kept = await keepRun();
    const left = await open();
    left.say({ type: "pause" });
    left.say({ type: "setSpeed", speed: 5 });
    for (const seconds of [200, 61]) await left.ask({ type: "seek", timeUs: seconds * 1_000_000 });
    await left.take();
    const shown = imageDigest(await left.image());
    const page = await open();
    expect(page.frames().at(-1)).toMatchObject({ playback: { playing: false, speed: 5, timeUs: 61_000_000 }, timeline: { endUs: kept.timeUs } });
    expect(imageDigest(await page.image())).toBe(shown);
    await page.rest();
    await page.ask({ type: "seek", timeUs: kept.timeUs });
    await page.take();
    expect(imageDigest(await page.image())).toBe(kept.digest);
    page.say({ type: "play" });
    await page.take();
    expect((await open()).frames().at(-1)).toMatchObject({ playback: { playing: true, speed: 5, timeUs: kept.timeUs } });
  });

  it.each<[string, unknown]>([
    ["garbage", "garbage"],
    ["nothing", null],
    ["a moment that is none", { timeUs: "now", playing: true, speed: "fast" }],
    ["a moment before all", { timeUs: -5, playing: true, speed: -1 }],
    ["a moment that never came", { timeUs: 1e15, playing: true, speed: Number.NaN }],
  ])("at its end where that is %s", async (_what, left) => {
    const { runId, timeUs } = await keepRun();
    await tamper(NAME, async (database) => database.put("headers", { ...(await database.get("headers", runId)), left }, runId));
    expect((await open()).frames().at(-1)?.playback).toMatchObject({ playing: true, timeUs });
  });
});

describe("rewinding after a reload", () => {
  it("starts from the checkpoints that were kept", async () => {
    await keepRun();
    const { page, digest } = await visit();
    await page.rest();
    await page.ask({ type: "seek", timeUs: 61_000_000 });
    await page.take();
    const back = imageDigest(await page.image());
    await page.ask({ type: "seek", timeUs: 240_000_000 });
    await page.take();
    expect(imageDigest(await page.image())).toBe(digest);
    const again = new TestPage();
    await again.open({ kind: "saved", runId: null, otherwise: orders }, "indexeddb");
    await again.ask({ type: "seek", timeUs: 61_000_000 });
    await again.take();
    expect(imageDigest(await again.image())).toBe(back);
  });
});
