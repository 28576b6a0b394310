import { lastSavedFirst } from "./logStore";
import type { Checkpoint, LogStore, RunHeader, RunProgress, StoredBatch } from "./logStore";
import { isBeyond, NO_PROGRESS, progressAfterCommit, progressAfterTruncate, requireNotBeyond } from "./runProgress";
import { StorageError } from "./storageError";

/** What stands in for a disk. Two stores on one of them see the same runs. */
export type MemoryRuns = Map<string, MemoryRun>;

interface MemoryRun {
  header: RunHeader;
  progress: RunProgress;
  journal: unknown[];
  checkpoints: Checkpoint[];
  batches: Map<string, StoredBatch[]>;
}

/** A log store for embeds, and for browsers that refuse IndexedDB: it forgets everything with the page. */
export function createMemoryLogStore(runs: MemoryRuns = new Map()): LogStore {
  let closed = false;

  const openRuns = (): MemoryRuns => {
    if (closed) throw new StorageError("lost");
    return runs;
  };
  const requireRun = (runId: string): MemoryRun => {
    const run = openRuns().get(runId);
    if (run === undefined) throw new StorageError("lost");
    return run;
  };

  return {
    kind: "memory",
    listRuns: async () => lastSavedFirst(Array.from(openRuns().values(), ({ header, progress }) => structuredClone({ header, progress }))),
    createRun: async (header) => {
      if (openRuns().has(header.runId)) throw new Error(`run ${header.runId} exists already`);
      runs.set(header.runId, {
        header: structuredClone(header), progress: NO_PROGRESS, journal: [], checkpoints: [], batches: new Map(),
      });
    },
    openRun: async (runId) => {
      const run = openRuns().get(runId);
      if (run === undefined) return null;
      const { header, progress, journal, checkpoints } = run;
      return structuredClone({ header, progress, journal, checkpoint: checkpoints.at(-1) ?? null, rungs: checkpoints.map(({ eventCount }) => eventCount) });
    },
    readCheckpoints: async (runId) => structuredClone(openRuns().get(runId)?.checkpoints ?? []),
    replace: async (runId, commit) => {
      const run = requireRun(runId);
      const progress = progressAfterCommit(NO_PROGRESS, commit);
      const batches = new Map<string, StoredBatch[]>();
      for (const batch of commit.batches) batches.set(batch.partition, [...(batches.get(batch.partition) ?? []), batch]);
      runs.set(runId, { header: run.header, progress, journal: structuredClone([...commit.journal]), checkpoints: [], batches });
    },
    readBatches: async (runId, partition) => [...(openRuns().get(runId)?.batches.get(partition) ?? [])],
    commit: async (runId, commit) => {
      const run = requireRun(runId);
      const progress = progressAfterCommit(run.progress, commit);
      const journal = structuredClone(commit.journal);
      run.progress = progress;
      for (const entry of journal) run.journal.push(entry);
      for (const batch of commit.batches) {
        const kept = run.batches.get(batch.partition);
        if (kept === undefined) run.batches.set(batch.partition, [batch]);
        else kept.push(batch);
      }
    },
    saveCheckpoint: async (runId, checkpoint, dropped = []) => {
      const run = requireRun(runId);
      requireNotBeyond(run.progress, checkpoint);
      const others = run.checkpoints.filter(({ eventCount }) => eventCount !== checkpoint.eventCount && !dropped.includes(eventCount));
      run.checkpoints = [...others, structuredClone(checkpoint)].sort((one, other) => one.eventCount - other.eventCount);
    },
    truncate: async (runId, to) => {
      const run = requireRun(runId);
      run.progress = progressAfterTruncate(run.progress, to);
      run.journal.length = to.journalLength;
      run.checkpoints = run.checkpoints.filter((checkpoint) => !isBeyond(run.progress, checkpoint));
      for (const [partition, batches] of run.batches) {
        const end = to.partitionEnds[partition] ?? 0;
        run.batches.set(partition, batches.filter((batch) => batch.nextOffset <= end));
      }
    },
    updateHeader: async (runId, changes) => {
      const run = requireRun(runId);
      run.header = { ...run.header, ...structuredClone(changes) };
    },
    deleteRun: async (runId) => void openRuns().delete(runId),
    estimate: async () => null,
    close: () => {
      closed = true;
    },
  };
}
