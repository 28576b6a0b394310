import type { Checkpoint, Commit, ForkPoint, RunProgress } from "./logStore";

export const NO_PROGRESS: RunProgress = { durableTimeUs: 0, eventCount: 0, journalLength: 0, partitionEnds: {} };

/** The progress after a commit. Throws when the commit goes back in time or in a partition's offsets. */
export function progressAfterCommit(before: RunProgress, commit: Commit): RunProgress {
  if (commit.eventCount < before.eventCount || commit.durableTimeUs < before.durableTimeUs) {
    throw new Error(`commit at event ${commit.eventCount}, but the run is kept up to event ${before.eventCount}; truncate first`);
  }
  const partitionEnds: Record<string, number> = { ...before.partitionEnds };
  for (const { partition, baseOffset, nextOffset } of commit.batches) {
    const end = partitionEnds[partition] ?? 0;
    if (baseOffset < end || nextOffset <= baseOffset) {
      throw new Error(`${partition}: batch ${baseOffset} to ${nextOffset}, but the partition is kept up to ${end}`);
    }
    partitionEnds[partition] = nextOffset;
  }
  return {
    durableTimeUs: commit.durableTimeUs,
    eventCount: commit.eventCount,
    journalLength: before.journalLength + commit.journal.length,
    partitionEnds,
  };
}

/** The progress after going back to a fork point. Throws when that lies beyond what is kept. */
export function progressAfterTruncate(before: RunProgress, to: ForkPoint): RunProgress {
  requireNotBeyond(before, { ...to, timeUs: to.durableTimeUs });
  const partitionEnds: Record<string, number> = {};
  for (const [partition, end] of Object.entries(before.partitionEnds)) {
    const keptEnd = Math.min(end, to.partitionEnds[partition] ?? 0);
    if (keptEnd > 0) partitionEnds[partition] = keptEnd;
  }
  return { durableTimeUs: to.durableTimeUs, eventCount: to.eventCount, journalLength: to.journalLength, partitionEnds };
}

type Moment = Pick<Checkpoint, "timeUs" | "eventCount" | "journalLength">;

/** Throws when a moment lies beyond what is kept. */
export function requireNotBeyond(kept: RunProgress, moment: Moment): void {
  if (isBeyond(kept, moment)) {
    throw new Error(`event ${moment.eventCount} lies beyond what is kept, up to event ${kept.eventCount}`);
  }
}

/** Commands given while paused share their event count, so that the journal's length counts as well. */
export function isBeyond(kept: RunProgress, moment: Moment): boolean {
  return moment.eventCount > kept.eventCount || moment.timeUs > kept.durableTimeUs || moment.journalLength > kept.journalLength;
}
