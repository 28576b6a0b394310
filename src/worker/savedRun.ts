import type { Notice } from "../bridge/messages";
import { brokerOf, ENGINE_VERSION } from "../core/cluster/cluster";
import type { StampedCommand } from "../core/cluster/command";
import { attachLogs, batchesFrom, logName, type DetachedCluster } from "../core/cluster/detach";
import { beginHistory, runToPosition, type History } from "../core/cluster/history";
import { encodeRecordBatch } from "../core/kafka/recordBatchCodec";
import type { Scenario } from "../scenario/scenario";
import type { LogStore, SavedRun, StoredBatch } from "../storage/logStore";

export interface OpenedRun {
  readonly scenario: Scenario;
  readonly history: History;
  readonly notices: readonly Notice[];
}

/**
 * Brings a saved run back to its last durable moment: the newest checkpoint with its log bytes read from the store, then the journal.
 * Batches made again are compared with the stored ones; a difference is told, not hidden.
 */
export async function openSavedRun(store: LogStore, saved: SavedRun): Promise<OpenedRun> {
  const scenario = saved.header.scenario as Scenario; // written by this page, of this schema version
  const journal = saved.journal as readonly StampedCommand[];
  const stored = await readLogs(store, saved);
  const isSameEngine = saved.header.engineVersion === ENGINE_VERSION;
  const history = beginHistory(scenario, journal);
  if (isSameEngine && saved.checkpoint) startFromCheckpoint(history, saved.checkpoint, stored);
  const { durableTimeUs, eventCount, journalLength } = saved.progress;
  runToPosition(history, { timeUs: durableTimeUs, eventCount, applied: journalLength });
  const notices: Notice[] = [{ id: "resumed", params: { seconds: Math.floor(durableTimeUs / 1_000_000) } }];
  if (!isSameEngine) notices.push({ id: "engineDiffers", params: {} });
  const differing = firstDifference(history, stored);
  if (differing !== null) notices.push({ id: "storedBytesDiffer", params: { partition: differing } });
  return { scenario, history, notices };
}

/** The beginning stays reachable: its checkpoint is the first, the kept one the second. */
function startFromCheckpoint(history: History, checkpoint: NonNullable<SavedRun["checkpoint"]>, stored: ReadonlyMap<string, readonly StoredBatch[]>): void {
  history.cluster = attachLogs(checkpoint.state as DetachedCluster, stored); // written by `RunKeeper` of this engine version
  history.applied = checkpoint.journalLength;
}

async function readLogs(store: LogStore, { header, progress }: SavedRun): Promise<Map<string, readonly StoredBatch[]>> {
  const logs = new Map<string, readonly StoredBatch[]>();
  for (const partition of Object.keys(progress.partitionEnds)) logs.set(partition, await store.readBatches(header.runId, partition));
  return logs;
}

/** Name of the first log whose batches are not, byte for byte, the stored ones; null when all are. */
function firstDifference({ cluster }: History, stored: ReadonlyMap<string, readonly StoredBatch[]>): string | null {
  const broker = brokerOf(cluster);
  for (const log of broker.logs.values()) {
    const name = logName(broker, log);
    const kept = stored.get(name) ?? [];
    const made = batchesFrom(log, 0);
    const isSame = made.length === kept.length && made.every((batch, index) => isEqual(encodeRecordBatch(batch), kept[index]?.bytes));
    if (!isSame) return name;
  }
  return null;
}

function isEqual(one: Uint8Array, other: Uint8Array | undefined): boolean {
  return other !== undefined && one.length === other.length && one.every((byte, index) => byte === other[index]);
}
