const KIB = 1024;

/**
 * Write-ahead rows of a run are folded into segments when they reach either bound. A commit that reaches the bound alone goes into
 * segments at once, so that under load every byte is written once.
 */
export const WRITE_AHEAD_MAX_BYTES = 256 * KIB;
export const WRITE_AHEAD_MAX_ROWS = 64;

/**
 * A partition's last segment takes more batches until it holds this much. Chromium makes a blob file of each value above 64 KiB; below
 * this size the file costs more than the rewriting.
 */
export const SEGMENT_MIN_BYTES = 128 * KIB;

/** No segment of several batches is larger. One put of 1 MiB is as fast a byte as puts get, and a fork rewrites at most one a partition. */
export const SEGMENT_MAX_BYTES = 1024 * KIB;
