import { SEGMENT_MIN_BYTES, WRITE_AHEAD_MAX_BYTES, WRITE_AHEAD_MAX_ROWS } from "../storageLimits";
import { type ContractCase, type ContractEnvironment, equalBatches, failureOf, reopened } from "./contractCase";
import { batch, checkpoint, commit, forkPoint, header } from "./contractData";

/** A future that is dropped. */
export const truncationCases: readonly ContractCase[] = [
  { name: "truncates rows and segments alike", run: truncates },
  { name: "truncates at any moment and takes another future", run: truncatesAnywhere },
  { name: "drops with a future the checkpoint taken in it", run: truncatesCheckpoint },
  { name: "refuses to truncate to what lies beyond the last commit", run: refusesTruncateBeyond },
];

async function truncates({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  const large = Array.from({ length: 30 }, (_, index) => batch("orders-0", index * 10, 10, SEGMENT_MIN_BYTES - 1));
  const small = Array.from({ length: 30 }, (_, index) => batch("orders-1", index, 1));
  const late = [batch("late-0", 0, 3, WRITE_AHEAD_MAX_BYTES), batch("orders-0", 300, 10), batch("orders-1", 30, 1)];
  for (const [index, own] of large.entries()) {
    await store.commit("run", commit(index + 1, [own, ...small.slice(index, index + 1)], [index]));
  }
  await store.commit("run", commit(31, late, ["late"]));
  const to = { ...forkPoint(12), journalLength: 12, partitionEnds: { "orders-0": 120, "orders-1": 100, "never-0": 7 } };
  await store.truncate("run", to);
  await reopened(store, open, async (again) => {
    await equalBatches(again, equal, "orders-0", large.slice(0, 12));
    await equalBatches(again, equal, "orders-1", [...small, ...late]);
    await equalBatches(again, equal, "late-0", []);
    const run = await again.openRun("run");
    equal(run?.progress, { ...to, partitionEnds: { "orders-0": 120, "orders-1": 31 } }, "progress");
    equal(run?.journal, Array.from({ length: 12 }, (_, index) => index), "journal");
  });
}

async function truncatesAnywhere({ open, equal }: ContractEnvironment): Promise<void> {
  const first = await open();
  const past = Array.from({ length: 3 * WRITE_AHEAD_MAX_ROWS }, (_, index) => batch("orders-0", index, 1, 4000));
  for (const end of [0, 1, WRITE_AHEAD_MAX_ROWS - 1, WRITE_AHEAD_MAX_ROWS, WRITE_AHEAD_MAX_ROWS + 1, past.length - 1, past.length]) {
    const runId = `run-${end}`;
    await first.createRun(header(runId));
    for (const [index, own] of past.entries()) void first.commit(runId, commit(index + 1, [own], [index]));
    await first.truncate(runId, { ...forkPoint(end), journalLength: end, partitionEnds: { "orders-0": end } });
    const future = Array.from({ length: WRITE_AHEAD_MAX_ROWS + 2 }, (_, index) => batch("orders-0", end + index, 1, 70));
    for (const [index, own] of future.entries()) await first.commit(runId, commit(end + index + 1, [own], ["other"]));
    await equalBatches(first, equal, "orders-0", [...past.slice(0, end), ...future], runId);
    equal((await first.openRun(runId))?.journal, [...past.slice(0, end).map((_, index) => index), ...future.map(() => "other")], "journal");
  }
}

async function truncatesCheckpoint({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.commit("run", commit(20, [], ["first", "second"]));
  const taken = { ...checkpoint(10), journalLength: 2 };
  await store.saveCheckpoint("run", taken);
  await store.truncate("run", { ...forkPoint(15), journalLength: 2 });
  equal((await store.openRun("run"))?.checkpoint, taken, "a checkpoint of the past");
  await store.truncate("run", { ...forkPoint(10), journalLength: 1 });
  equal((await store.openRun("run"))?.checkpoint, null, "a checkpoint that has seen a dropped command, given while paused");
  await store.saveCheckpoint("run", { ...checkpoint(10), journalLength: 1 });
  await store.truncate("run", { ...forkPoint(9), journalLength: 1 });
  equal((await store.openRun("run"))?.checkpoint, null, "a checkpoint of the future");
}

async function refusesTruncateBeyond({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.commit("run", commit(20, [batch("orders-0", 0, 1)], ["first"]));
  const before = await store.openRun("run");
  const kept = forkPoint(20);
  for (const wrong of [{ ...kept, eventCount: 21 }, { ...kept, durableTimeUs: 20_001 }, { ...kept, journalLength: 2 }]) {
    equal(await failureOf(() => store.truncate("run", wrong)), "Error", "beyond");
  }
  equal(await store.openRun("run"), before, "unchanged");
  await equalBatches(store, equal, "orders-0", [batch("orders-0", 0, 1)]);
}
