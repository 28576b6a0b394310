import type { Checkpoint, Commit } from "../logStore";
import { type ContractCase, type ContractEnvironment, equalBatches, failureOf, reopened } from "./contractCase";
import { batch, checkpoint, commit, forkPoint, header } from "./contractData";

/** What a store refuses to keep, checkpoints, and a run replaced whole. */
export const commitCases: readonly ContractCase[] = [
  { name: "refuses a commit that goes back, and keeps nothing of it", run: refusesGoingBack },
  { name: "keeps nothing of a commit that cannot be cloned", run: refusesUncloneable },
  { name: "keeps the newest checkpoint, but none beyond the last commit", run: keepsCheckpoint },
  { name: "keeps a ladder of checkpoints, and drops those it is told to", run: keepsLadder },
  { name: "replaces all of a run but its header", run: replacesRun },
];

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
