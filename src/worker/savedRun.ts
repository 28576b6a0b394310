import type { Notice } from "../bridge/messages";
import { ENGINE_VERSION } from "../core/world/cluster";
import type { StampedCommand } from "../core/world/command";
import { attachLogs, isOfAnotherForm, toldLogs, type DetachedCluster, type StoredLogs } from "../core/history/detach";
import { addCheckpoint } from "../core/history/checkpoints";
import { beginHistory, resumeHistory } from "../core/history/begin";
import { headCluster, type History } from "../core/history/history";
import type { Target } from "../core/history/target";
import { encodeBatch } from "../core/clients/encodeBatch";
import { placesOf } from "../core/clients/recordTexts";
import { baseOffsetOf, type BatchPage } from "../core/kafka/records/batchPage";
import type { Scenario } from "../scenario/scenario";
import { parseJournal, parseScenario } from "../scenario/schema";
import type { Checkpoint, LogStore, RunHeader, SavedRun, Standing, StoredBatch } from "../storage/logStore";

/** One way to make a world again: how it begins, and where it is to be wound to. */
export interface Way {
  /** Throws when what it starts from is broken. */
  begin(): Promise<History>;
  readonly target: Target;
  /** How the run is kept from then on: as it stands, anew from its journal, or as a run of its own. */
  readonly keeping: "resumed" | "renewed" | "new";
  /** What must be told. */
  readonly notices: readonly Notice[];
  /** For the world at its target: what is left to read and to compare. */
  behind?(history: History): Behind;
}

/** Done a slice at a time after the first picture. Returns whether what was stored is as it should be. */
export type Behind = AsyncGenerator<void, boolean, void>;

/** What is kept of a run as far as it can be read; the ways to open it, the quickest first. */
export interface ReadRun {
  readonly scenario: Scenario;
  readonly journal: readonly StampedCommand[];
  readonly ways: readonly Way[];
  readonly standing: Standing;
}

/**
 * Reads a saved run: its document and its journal are the work, checked here; everything else can be made again from them. Null, or which
 * of "newer" and "damaged" it is, when the work itself cannot be read.
 */
export function readSavedRun(store: LogStore, saved: SavedRun): ReadRun | "newer" | "damaged" {
  const parsed = parseScenario(saved.header.scenario);
  if ("problem" in parsed) return parsed.problem.reason === "newer" ? "newer" : "damaged";
  const read = saved.journal === null ? null : parseJournal(saved.journal);
  if (read === null || "problem" in read) return read?.problem.reason === "newer" ? "newer" : "damaged";
  const { scenario } = parsed;
  const isSameEngine = saved.header.engineVersion === ENGINE_VERSION;
  const ways = isSameEngine ? waysOfThisEngine(store, saved, scenario, read.journal) : [wayOfAnotherEngine(saved, scenario, read.journal)];
  return { scenario, journal: read.journal, ways, standing: standingOf(saved.header, scenario) };
}

/** Where the run was left. One in which the engine stopped stands still, so that it is not run into the same again. */
function standingOf({ left, hasStopped }: RunHeader, { speed }: Scenario): Standing {
  const { timeUs, playing, speed: leftSpeed } = (typeof left === "object" ? (left ?? {}) : {}) as Partial<Standing>; // looked at field by field
  return { timeUs: typeof timeUs === "number" && timeUs >= 0 ? timeUs : null, playing: playing !== false && hasStopped !== true, speed: leftSpeed ?? speed };
}

function waysOfThisEngine(store: LogStore, saved: SavedRun, scenario: Scenario, journal: readonly StampedCommand[]): Way[] {
  const { progress } = saved;
  // One of another shape is not broken, only of no use here.
  const checkpoint = saved.checkpoint && isOfAnotherForm(saved.checkpoint) ? null : saved.checkpoint;
  const isWhole = progress?.journalLength === journal.length;
  const exact = progress && isWhole ? { timeUs: progress.durableTimeUs, eventCount: progress.eventCount, applied: journal.length } : null;
  const fromJournal = { begin: () => Promise.resolve(beginHistory(scenario, journal)), keeping: "renewed", notices: [resumed(lastMomentUs(saved, journal)), { id: "rebuilt", params: {} }] } as const;
  const ways: Way[] = [];
  if (exact && checkpoint) ways.push(wayFromCheckpoint(store, saved, scenario, journal, { exact, checkpoint }));
  // A young run has no checkpoint yet, and is as good as one.
  if (exact) ways.push(checkpoint ? { ...fromJournal, target: exact } : { ...fromJournal, target: exact, notices: [resumed(exact.timeUs)] });
  return [...ways, { ...fromJournal, target: { timeUs: lastMomentUs(saved, journal), eventCount: null, applied: journal.length } }];
}

/** From the newest checkpoint, with the logs' bytes read from the store. */
function wayFromCheckpoint(store: LogStore, saved: SavedRun, scenario: Scenario, journal: readonly StampedCommand[], from: { readonly exact: Target; readonly checkpoint: Checkpoint }): Way {
  let stored: ReadonlyMap<string, readonly StoredBatch[]> = new Map();
  let logs: StoredLogs = new Map();
  let isIntact: ((bytes: Uint8Array) => boolean) | null = null;
  let hasRungs = false;
  const addRungs = async function* (history: History, opened: History["journal"]): AsyncGenerator<void, void, void> {
    hasRungs = true;
    for (const checkpoint of await store.readCheckpoints(saved.header.runId)) {
      if (checkpoint.eventCount < from.checkpoint.eventCount) addRung(history, checkpoint, logs, opened);
      yield;
    }
  };
  return {
    begin: async () => {
      stored = await readLogs(store, saved);
      // What reads bytes comes when there are any.
      const reading = await import("../core/history/storedLogs");
      isIntact = reading.isIntact;
      logs = reading.storedLogs(stored);
      const history = beginHistory(scenario, journal);
      resumeHistory(history, attachLogs(from.checkpoint.state as DetachedCluster, logs), from.checkpoint.journalLength); // written by `RunKeeper` of this engine version
      // Who left it in its past is taken there by them; else they are read behind the first picture.
      if ((standingOf(saved.header, scenario).timeUs ?? Infinity) < from.checkpoint.timeUs) for await (const _ of addRungs(history, history.journal)) continue;
      return history;
    },
    target: from.exact,
    keeping: "resumed",
    notices: [resumed(from.exact.timeUs)],
    behind: (history) => {
      const { logEnds } = from.checkpoint.state as DetachedCluster; // attached above
      const made = [...toldLogs(headCluster(history))].map(([partition, log]) => ({ partition, batches: Array.from(placesOf(log, logEnds[partition] ?? 0), ({ page, at }) => [baseOffsetOf(page, at), { page, at }] as const) }));
      const opened = history.journal;
      return (async function* () {
        if (!hasRungs) yield* addRungs(history, opened);
        for (const { partition, batches } of made) if (!(yield* isAsStored(batches, stored.get(partition) ?? [], (bytes) => isIntact?.(bytes) ?? true))) return false;
        return true;
      })();
    },
  };
}

/** A run of another engine is a run of its own here: made again by time, as this engine does it. */
function wayOfAnotherEngine(saved: SavedRun, scenario: Scenario, journal: readonly StampedCommand[]): Way {
  const timeUs = lastMomentUs(saved, journal);
  return {
    begin: () => Promise.resolve(beginHistory(scenario, byTime(journal))),
    target: { timeUs, eventCount: null, applied: journal.length },
    keeping: "new",
    notices: [{ id: "engineDiffers", params: {} }],
  };
}

/** The same commands at the same times, whatever count of events another engine had there. */
export function byTime(journal: readonly StampedCommand[]): History["journal"] {
  return journal.map((entry) => ({ ...entry, eventCount: null }));
}

function resumed(timeUs: number): Notice {
  return { id: "resumed", params: { seconds: Math.floor(timeUs / 1_000_000) } };
}

/** The last virtual moment that is known of a run, in µs. */
function lastMomentUs({ progress, checkpoint }: SavedRun, journal: readonly StampedCommand[]): number {
  const known = [progress?.durableTimeUs, checkpoint?.timeUs, journal.at(-1)?.timeUs].filter((timeUs): timeUs is number => Number.isSafeInteger(timeUs));
  return Math.max(0, ...known);
}

async function readLogs(store: LogStore, { header, progress }: SavedRun): Promise<Map<string, readonly StoredBatch[]>> {
  const logs = new Map<string, readonly StoredBatch[]>();
  for (const partition of Object.keys(progress?.partitionEnds ?? {})) logs.set(partition, await store.readBatches(header.runId, partition));
  return logs;
}

/** An older checkpoint makes rewinding as quick as before; a broken one only makes it slower. */
function addRung(history: History, checkpoint: Checkpoint, logs: StoredLogs, journal: History["journal"]): void {
  const { timeUs, eventCount, journalLength: applied } = checkpoint;
  try {
    if (isOfAnotherForm(checkpoint)) return;
    addCheckpoint(history, { timeUs, eventCount, applied, cluster: attachLogs(checkpoint.state as DetachedCluster, logs) }, journal);
  } catch {
    // What it has lost, the run is wound from further back.
  }
}

interface Place {
  readonly page: BatchPage;
  readonly at: number;
}

/** Bytes looked at in one slice. */
const SLICE_BYTES = 4_000_000;

/** Looks at every stored batch of a log: its CRC, and, where this opening has made it again, its bytes. */
async function* isAsStored(made: readonly (readonly [baseOffset: number, place: Place])[], stored: readonly StoredBatch[], isIntact: (bytes: Uint8Array) => boolean): Behind {
  const again = new Map(made);
  let bytes = 0;
  for (const batch of stored) {
    const own = again.get(batch.baseOffset);
    if (!isIntact(batch.bytes) || (own && !isSame(encodeBatch(own.page, own.at), batch.bytes))) return false;
    if ((bytes += batch.bytes.length) < SLICE_BYTES) continue;
    bytes = 0;
    yield;
  }
  yield;
  return true;
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
