import type { StoredBatch } from "../logStore";
import { SEGMENT_MAX_BYTES, SEGMENT_MIN_BYTES, WRITE_AHEAD_MAX_BYTES, WRITE_AHEAD_MAX_ROWS } from "../storageLimits";
import { type ContractCase, type ContractEnvironment, equalBatches, failureOf, reopened } from "./contractCase";
import { batch, checkpoint, commit, header } from "./contractData";

/** What a store keeps of a run, and gives back as it was. */
export const keepingCases: readonly ContractCase[] = [
  { name: "keeps a run's header and lists the last saved first", run: keepsHeaders },
  { name: "begins a run at nothing, and knows no other", run: beginsAtNothing },
  { name: "keeps a commit's batches, journal and moment", run: keepsCommit },
  { name: "keeps a copy of what it was given", run: keepsCopies },
  { name: "keeps append order over many small commits", run: keepsManyCommits },
  { name: "keeps batches of every size", run: keepsEverySize },
  { name: "takes effect in the order of the calls", run: keepsCallOrder },
];

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
