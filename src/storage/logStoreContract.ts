import { batch, checkpoint, commit, forkPoint, header } from "./contractData";
import type { Checkpoint, Commit, LogStore, StoredBatch } from "./logStore";
import { StorageError } from "./storageError";
import { SEGMENT_MAX_BYTES, SEGMENT_MIN_BYTES, WRITE_AHEAD_MAX_BYTES, WRITE_AHEAD_MAX_ROWS } from "./storageLimits";

/** What every `LogStore` promises, as cases that run in any test runner and in a page. */
export const logStoreContract: readonly ContractCase[] = [
  { name: "keeps a run's header and lists the last saved first", run: keepsHeaders },
  { name: "begins a run at nothing, and knows no other", run: beginsAtNothing },
  { name: "keeps a commit's batches, journal and moment", run: keepsCommit },
  { name: "keeps a copy of what it was given", run: keepsCopies },
  { name: "keeps append order over many small commits", run: keepsManyCommits },
  { name: "keeps batches of every size", run: keepsEverySize },
  { name: "takes effect in the order of the calls", run: keepsCallOrder },
  { name: "refuses a commit that goes back, and keeps nothing of it", run: refusesGoingBack },
  { name: "keeps nothing of a commit that cannot be cloned", run: refusesUncloneable },
  { name: "keeps the newest checkpoint, but none beyond the last commit", run: keepsCheckpoint },
  { name: "keeps a ladder of checkpoints, and drops those it is told to", run: keepsLadder },
  { name: "replaces all of a run but its header", run: replacesRun },
  { name: "truncates rows and segments alike", run: truncates },
  { name: "truncates at any moment and takes another future", run: truncatesAnywhere },
  { name: "drops with a future the checkpoint taken in it", run: truncatesCheckpoint },
  { name: "refuses to truncate to what lies beyond the last commit", run: refusesTruncateBeyond },
  { name: "keeps two runs side by side apart", run: keepsRunsApart },
  { name: "deletes a run wholly", run: deletesRun },
  { name: "says lost for a run that is gone and for a closed store", run: saysLost },
];

export interface ContractCase {
  readonly name: string;
  run(environment: ContractEnvironment): Promise<void>;
}

export interface ContractEnvironment {
  /** Opens a store on this case's own storage, empty at first. Called again, it opens a further store on the same. */
  open(): Promise<LogStore>;
  /** Fails the case unless both are deeply equal. Both are plain JSON values. */
  equal(actual: unknown, expected: unknown, what: string): void;
}

async function keepsHeaders({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun({ ...header("first"), savedAtMs: 5 });
  await store.createRun({ ...header("second"), savedAtMs: 7 });
  equal((await store.listRuns()).map(({ header: { runId } }) => runId), ["second", "first"], "the last saved first");
  await store.updateHeader("first", { savedAtMs: 9, name: "renamed" });
  await reopened(store, open, async (again) => {
    const first = { ...header("first"), savedAtMs: 9, name: "renamed" };
    equal((await again.listRuns()).map((run) => run.header), [first, { ...header("second"), savedAtMs: 7 }], "headers");
  });
  equal(await failureOf(() => store.createRun(header("first"))), "lost", "the store that was closed");
}

async function beginsAtNothing({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  equal(await store.openRun("run"), null, "no run yet");
  equal(await store.listRuns(), [], "no runs yet");
  await store.createRun(header("run"));
  equal(await failureOf(() => store.createRun({ ...header("run"), name: "again" })), "Error", "an id used twice");
  equal(await store.openRun("run"), {
    header: header("run"),
    progress: { durableTimeUs: 0, eventCount: 0, journalLength: 0, partitionEnds: {} },
    journal: [],
    checkpoint: null,
    rungs: [],
  }, "an empty run");
  equal(await store.readBatches("run", "orders-0"), [], "no batches");
  equal(await store.readBatches("other", "orders-0"), [], "no batches of a run that is not there");
}

async function keepsCommit({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  const batches = [
    batch("orders-0", 0, 3),
    batch("orders-10", 0, 1),
    batch("orders-1", 4, 2),
    { ...batch("__consumer_offsets-7", 0, 1), origin: null },
    { ...batch("orders-0", 3, 2), nextOffset: 9, origin: { producerActor: 0, sendNumbers: [5_000_000_000, 2] } },
  ];
  await store.commit("run", { durableTimeUs: 50_000, eventCount: 11, batches, journal: [{ atUs: 3, command: "addConsumer" }, undefined] });
  await store.commit("run", { durableTimeUs: 90_000, eventCount: 11, batches: [], journal: ["pause"] });
  await reopened(store, open, async (again) => {
    const run = await again.openRun("run");
    equal(run?.progress, {
      durableTimeUs: 90_000,
      eventCount: 11,
      journalLength: 3,
      partitionEnds: { "orders-0": 9, "orders-10": 1, "orders-1": 6, "__consumer_offsets-7": 1 },
    }, "progress");
    equal(run?.journal?.map((entry) => entry ?? "undefined"), [{ atUs: 3, command: "addConsumer" }, "undefined", "pause"], "journal");
    for (const partition of ["orders-0", "orders-1", "orders-10", "__consumer_offsets-7", "orders"]) {
      await equalBatches(again, equal, partition, batches);
    }
  });
}

async function keepsCopies({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  const scenario = { seed: 1 };
  const entry = { command: "add" };
  const state = { members: ["a"] };
  await store.createRun({ ...header("run"), scenario });
  await store.commit("run", commit(1, [], [entry]));
  await store.saveCheckpoint("run", { ...checkpoint(1), journalLength: 1, state });
  scenario.seed = 2;
  entry.command = "changed";
  state.members.push("b");
  const run = await store.openRun("run");
  equal([run?.header.scenario, run?.journal, run?.checkpoint?.state], [{ seed: 1 }, [{ command: "add" }], { members: ["a"] }], "as given");
}

async function keepsManyCommits({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  const batches: StoredBatch[] = [];
  const commitCount = 2 * WRITE_AHEAD_MAX_ROWS + 5;
  for (let number = 1; number <= commitCount; number++) {
    const own = [batch("orders-0", number, 1), batch(`orders-${1 + (number % 3)}`, number, 1)];
    batches.push(...own);
    await store.commit("run", commit(number, own, number % 10 === 0 ? [number] : []));
  }
  await reopened(store, open, async (again) => {
    for (const partition of ["orders-0", "orders-1", "orders-2", "orders-3"]) await equalBatches(again, equal, partition, batches);
    const run = await again.openRun("run");
    equal(run?.journal, Array.from({ length: Math.floor(commitCount / 10) }, (_, index) => (index + 1) * 10), "journal");
    equal(run?.progress?.eventCount, commitCount, "events");
  });
}

async function keepsEverySize({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  const bounds = [SEGMENT_MIN_BYTES, WRITE_AHEAD_MAX_BYTES, SEGMENT_MAX_BYTES];
  const sizes = [0, 1, 100, ...bounds.flatMap((bound) => [bound - 1, bound, bound + 1]), 7];
  const batches = sizes.map((size, index) => batch("orders-0", index * 2, 2, size));
  for (const [index, own] of batches.entries()) await store.commit("run", commit(index + 1, [own]));
  const together = sizes.map((size, index) => batch("orders-1", index, 1, size));
  await store.commit("run", commit(100, together));
  await reopened(store, open, async (again) => {
    await equalBatches(again, equal, "orders-0", batches);
    await equalBatches(again, equal, "orders-1", together);
  });
}

async function keepsCallOrder({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  const batches = Array.from({ length: WRITE_AHEAD_MAX_ROWS + 3 }, (_, index) => batch("orders-0", index, 1));
  const created = store.createRun(header("run"));
  const commits = batches.map((own, index) => store.commit("run", commit(index + 1, [own])));
  await Promise.all([created, ...commits]);
  await equalBatches(store, equal, "orders-0", batches);
}

async function refusesGoingBack({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  const first = batch("orders-0", 5, 5);
  await store.commit("run", commit(10, [first], ["first"]));
  const before = await store.openRun("run");
  const refused: readonly (readonly [string, Commit])[] = [
    ["fewer events", commit(9, [batch("orders-0", 10, 1)], ["never"])],
    ["an earlier time", { ...commit(11, [batch("orders-0", 10, 1)], ["never"]), durableTimeUs: 1 }],
    ["an offset kept already", commit(11, [batch("orders-1", 0, 1), batch("orders-0", 9, 1)], ["never"])],
    ["no offset", commit(11, [batch("orders-0", 10, 0)], ["never"])],
    ["an offset given twice", commit(11, [batch("orders-1", 0, 2), batch("orders-1", 1, 1)], ["never"])],
  ];
  for (const [what, wrong] of refused) equal(await failureOf(() => store.commit("run", wrong)), "Error", what);
  equal(await store.openRun("run"), before, "nothing of them");
  await equalBatches(store, equal, "orders-0", [first]);
  await equalBatches(store, equal, "orders-1", []);
}

async function refusesUncloneable({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.commit("run", commit(1, [batch("orders-0", 0, 1)], ["kept"]));
  const before = await store.openRun("run");
  // No function can be cloned, whichever it is.
  equal(await failureOf(() => store.commit("run", commit(2, [batch("orders-0", 1, 1)], ["never", failureOf]))), "DataCloneError", "commit");
  equal(await failureOf(() => store.saveCheckpoint("run", { ...checkpoint(1), state: failureOf })), "DataCloneError", "checkpoint");
  equal(await store.openRun("run"), before, "nothing of them");
  await store.commit("run", commit(2, [batch("orders-0", 1, 1)], ["second"]));
  equal((await store.openRun("run"))?.journal, ["kept", "second"], "the journal goes on");
  await equalBatches(store, equal, "orders-0", [batch("orders-0", 0, 1), batch("orders-0", 1, 1)]);
}

async function keepsCheckpoint({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.commit("run", commit(20, [batch("orders-0", 0, 4)], ["command"]));
  await store.saveCheckpoint("run", checkpoint(10));
  const newest: Checkpoint = {
    ...checkpoint(20), journalLength: 1, logs: [{ partition: "orders-0", logStartOffset: 1, logEndOffset: 4 }],
  };
  await store.saveCheckpoint("run", newest);
  equal(await failureOf(() => store.saveCheckpoint("run", checkpoint(21))), "Error", "a later event");
  equal(await failureOf(() => store.saveCheckpoint("run", { ...checkpoint(20), journalLength: 2 })), "Error", "a later command");
  await reopened(store, open, async (again) => equal((await again.openRun("run"))?.checkpoint, newest, "the newest"));
}

async function keepsLadder({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.createRun(header("run-2"));
  await store.commit("run", commit(40, []));
  for (const eventCount of [10, 20, 30]) await store.saveCheckpoint("run", checkpoint(eventCount));
  await store.saveCheckpoint("run", checkpoint(40), [20, 25]);
  await store.saveCheckpoint("run", { ...checkpoint(40), state: "taken again" });
  await reopened(store, open, async (again) => {
    const kept = [checkpoint(10), checkpoint(30), { ...checkpoint(40), state: "taken again" }];
    equal(await again.readCheckpoints("run"), kept, "the oldest first");
    equal((await again.openRun("run"))?.rungs, [10, 30, 40], "where they were taken");
    equal(await again.readCheckpoints("run-2"), [], "the other's");
    await again.truncate("run", forkPoint(35));
    equal(await again.readCheckpoints("run"), kept.slice(0, 2), "none of a dropped future");
  });
}

async function replacesRun({ open, equal }: ContractEnvironment): Promise<void> {
  const store = await open();
  await store.createRun(header("run"));
  await store.commit("run", commit(20, [batch("orders-0", 0, 4), batch("orders-1", 0, 2)], ["old", "older"]));
  await store.saveCheckpoint("run", checkpoint(20));
  const anew = batch("orders-0", 0, 3);
  await store.replace("run", commit(12, [anew], ["new"]));
  await store.commit("run", commit(13, [batch("orders-0", 3, 1)], ["next"]));
  await reopened(store, open, async (again) => {
    const run = await again.openRun("run");
    equal([run?.header, run?.journal, run?.checkpoint], [header("run"), ["new", "next"], null], "header, journal, checkpoint");
    equal(run?.progress, { durableTimeUs: 13_000, eventCount: 13, journalLength: 2, partitionEnds: { "orders-0": 4 } }, "progress");
    await equalBatches(again, equal, "orders-0", [anew, batch("orders-0", 3, 1)]);
    await equalBatches(again, equal, "orders-1", []);
  });
  equal(await failureOf(() => store.replace("never", commit(1, []))), "lost", "a run that is not there");
}

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

/** Closes the store, and runs `check` on a new one over the same storage. */
async function reopened(store: LogStore, open: () => Promise<LogStore>, check: (again: LogStore) => Promise<void>): Promise<void> {
  store.close();
  await check(await open());
}

async function equalBatches(
  store: LogStore,
  equal: ContractEnvironment["equal"],
  partition: string,
  batches: readonly StoredBatch[],
  runId = "run",
): Promise<void> {
  const kept = await store.readBatches(runId, partition);
  equal(kept.map(printBatch), batches.filter((own) => own.partition === partition).map(printBatch), `${runId} ${partition}`);
}

function printBatch({ bytes, partition, baseOffset, nextOffset, origin }: StoredBatch): string {
  let hash = 0;
  for (const byte of bytes) hash = (Math.imul(hash, 31) + byte) | 0;
  return `${partition} ${baseOffset}-${nextOffset} ${bytes.length} bytes #${hash} ${origin?.producerActor}:${origin?.sendNumbers.join()}`;
}

/** How the attempt failed: a storage error's reason, another error's name, or "nothing" when it succeeded. */
async function failureOf(attempt: () => Promise<unknown>): Promise<string> {
  try {
    await attempt();
    return "nothing";
  } catch (error) {
    if (error instanceof StorageError) return error.reason;
    return error instanceof Error ? error.name : String(error);
  }
}
