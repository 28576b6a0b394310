import type { Checkpoint, Commit, ForkPoint, RunHeader, StoredBatch } from "../logStore";

// What the contract of log stores puts into them.

export function header(runId: string): RunHeader {
  return { runId, engineVersion: 1, scenario: { seed: 42 }, name: `scene ${runId}`, createdAtMs: 1, savedAtMs: 2 };
}

export function commit(eventCount: number, batches: readonly StoredBatch[], journal: readonly unknown[] = []): Commit {
  return { durableTimeUs: eventCount * 1000, eventCount, batches, journal };
}

export function forkPoint(eventCount: number): ForkPoint {
  return { durableTimeUs: eventCount * 1000, eventCount, journalLength: 0, partitionEnds: {} };
}

export function checkpoint(eventCount: number): Checkpoint {
  return { timeUs: eventCount * 1000, eventCount, journalLength: 0, state: { members: ["a", "b"] }, logs: [] };
}

/** A batch whose bytes, in part of a larger buffer, are those of no other. */
export function batch(partition: string, baseOffset: number, recordCount: number, sizeBytes = 61 + recordCount): StoredBatch {
  const buffer = new Uint8Array(sizeBytes + 16).fill(baseOffset + 1);
  const bytes = buffer.subarray(8, 8 + sizeBytes);
  bytes.set(Array.from(`${partition}@${baseOffset}`.slice(0, sizeBytes), (letter) => letter.charCodeAt(0)));
  const sendNumbers = Array.from({ length: recordCount }, (_, index) => baseOffset * 2 + index);
  return { partition, baseOffset, nextOffset: baseOffset + recordCount, bytes, origin: { producerActor: 3, sendNumbers } };
}
