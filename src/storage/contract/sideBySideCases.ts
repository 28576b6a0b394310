import type { StoredBatch } from "../logStore";
import { WRITE_AHEAD_MAX_BYTES, WRITE_AHEAD_MAX_ROWS } from "../storageLimits";
import { type ContractCase, type ContractEnvironment, equalBatches, failureOf } from "./contractCase";
import { batch, checkpoint, commit, forkPoint, header } from "./contractData";

/** Several runs, and runs and stores that are gone. */
export const sideBySideCases: readonly ContractCase[] = [
  { name: "keeps two runs side by side apart", run: keepsRunsApart },
  { name: "deletes a run wholly", run: deletesRun },
  { name: "says lost for a run that is gone and for a closed store", run: saysLost },
];

async function keepsRunsApart({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  const other = await open();
  const runIds = ["run", "run-2", "run0"];
  for (const runId of runIds) await store.createRun(header(runId));
  const batchesOf = (runId: string): StoredBatch[] =>
    Array.from({ length: WRITE_AHEAD_MAX_ROWS + 9 }, (_, index) => batch("orders-0", index, 1, 10 + runIds.indexOf(runId)));
  for (let index = 0; index < WRITE_AHEAD_MAX_ROWS + 9; index++) {
    await Promise.all(runIds.map((runId, position) => {
      const own = batchesOf(runId).slice(index, index + 1);
      return (position === 0 ? store : other).commit(runId, commit(index + 1, own, [`${runId} ${index}`]));
    }));
  }
  await other.truncate("run-2", { ...forkPoint(3), journalLength: 3, partitionEnds: { "orders-0": 3 } });
  await other.deleteRun("run0");
  await equalBatches(store, equal, "orders-0", batchesOf("run"), "run");
  await equalBatches(store, equal, "orders-0", batchesOf("run-2").slice(0, 3), "run-2");
  equal((await store.openRun("run"))?.journal?.length, WRITE_AHEAD_MAX_ROWS + 9, "its journal");
  equal((await store.openRun("run-2"))?.journal, ["run-2 0", "run-2 1", "run-2 2"], "the other's journal");
}

async function deletesRun({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.commit("run", commit(1, [batch("orders-0", 0, 1, WRITE_AHEAD_MAX_BYTES)], ["command"]));
  await store.commit("run", commit(2, [batch("orders-0", 1, 1)]));
  await store.saveCheckpoint("run", checkpoint(1));
  await store.deleteRun("run");
  await store.deleteRun("never");
  equal([await store.openRun("run"), await store.listRuns(), await store.readBatches("run", "orders-0")], [null, [], []], "gone");
  await store.createRun(header("run"));
  const run = await store.openRun("run");
  equal([run?.journal, run?.checkpoint, run?.progress?.partitionEnds], [[], null, {}], "nothing left over");
  equal(await store.readBatches("run", "orders-0"), [], "no batches left over");
}

async function saysLost({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  const writes = (runId: string): readonly (() => Promise<unknown>)[] => [
    () => store.commit(runId, commit(1, [batch("orders-0", 0, 1)], ["command"])),
    () => store.saveCheckpoint(runId, checkpoint(0)),
    () => store.truncate(runId, forkPoint(0)),
    () => store.updateHeader(runId, { name: "renamed" }),
  ];
  for (const attempt of writes("never")) equal(await failureOf(attempt), "lost", "no such run");
  equal([await store.listRuns(), await store.readBatches("never", "orders-0")], [[], []], "and none was made");
  await store.createRun(header("run"));
  const last = store.commit("run", commit(1, [batch("orders-0", 0, 1)]));
  store.close();
  await last;
  const reads = [() => store.listRuns(), () => store.openRun("run"), () => store.readBatches("run", "orders-0")];
  for (const attempt of [...writes("run"), ...reads]) equal(await failureOf(attempt), "lost", "closed");
  await equalBatches(await open(), equal, "orders-0", [batch("orders-0", 0, 1)]);
}
