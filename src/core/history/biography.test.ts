import { worldDigest } from "../world/worldDigest";
import { describe, expect, it } from "vitest";
import { batchesOf } from "../clients/recordBatches";
import { timestampOf } from "../clients/recordTexts";
import { recordsBetween } from "../broker/log/partitionLog";
import { onlyBroker } from "../world/testWorld";
import { recordTimestampMs } from "../kafka/records/recordBatch";
import { nextBelow, randomStream } from "../sim/random";
import { biography, type Biography } from "./biography";

import type { Command } from "../world/command";
import { advance, finish, windTo } from "./winding";
import { beginHistory } from "./begin";
import type { History } from "./history";
import { give } from "./give";
import { randomCommand, randomSpec } from "../check/random/randomWorld";
import { newTracer, traceEvent } from "../check/trace";

const SECOND_US = 1_000_000;

interface Sample {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly timestampMs: number;
}

function straightRun(seed: number, endUs: number): History {
  const random = randomStream(seed, "biography test");
  const history = beginHistory(randomSpec(seed));
  while (history.cluster.nowUs < endUs) {
    advance(history, Math.min(endUs, history.cluster.nowUs + 1 + nextBelow(random, 4 * SECOND_US)));
    if (nextBelow(random, 3) === 0) give(history, randomCommand(history.cluster.topology, random) as Command);
  }
  return history;
}

function someRecords(history: History, seed: number): Sample[] {
  const random = randomStream(seed, "records");
  return [...onlyBroker(history.cluster).logs.values()].flatMap((log) => {
    if (log.topic.startsWith("__") || log.logEndOffset === 0) return [];
    const offset = nextBelow(random, log.logEndOffset);
    return Array.from(recordsBetween(log, offset, offset + 1), (record) => ({ topic: log.topic, partition: log.partition, offset, timestampMs: timestampOf(record) }));
  });
}

function biographyOf(history: History, sample: Sample): Biography {
  const work = biography(history, sample);
  return work.result(finish(work.winding));
}

/** The lines of the run's trace that tell what was stored or processed. */
function traced(history: History, endUs: number): string[][] {
  const again = beginHistory(history.spec, history.journal);
  const tracer = newTracer(again.cluster);
  const found: string[][] = [];
  advance(again, endUs, Infinity, (cluster, event) => {
    for (const line of traceEvent(tracer, cluster, event)) {
      const words = line.trim().split(/\s+/);
      if (words[2] === "appended" || words[2] === "processed") found.push(words);
    }
  });
  return found;
}

/** Those that speak of one record: `time stored`, `time who processed`. */
function aboutRecord(lines: readonly string[][], { topic, partition, offset }: Sample): string[] {
  return lines.flatMap(([time, who, what, place = ""]) => {
    const range = new RegExp(`^${topic}-${partition}@(\\d+)(?:\\.\\.(\\d+))?$`).exec(place);
    if (!range || Number(range[1]) > offset || offset > Number(range[2] ?? range[1])) return [];
    return [what === "appended" ? `${time} stored` : `${time} ${who} processed`];
  });
}

describe("HIS-8 a record's biography is what the run's own trace says of it", () => {
  for (let seed = 1; seed <= 8; seed++) {
    it(`seed ${seed}`, () => {
      const endUs = 40 * SECOND_US;
      const history = straightRun(seed, endUs);
      const lines = traced(history, endUs);
      const before = worldDigest(history.cluster);
      for (const sample of someRecords(history, seed)) {
        const { moments, isWhole } = biographyOf(history, sample);
        expect(isWhole).toBe(true);
        const told = moments.flatMap(({ step, timeUs, clientId }) => {
          const time = `${Math.floor(timeUs / 1000)}.${String(timeUs % 1000).padStart(3, "0")}`;
          return step === "stored" ? [`${time} stored`] : step === "processed" ? [`${time} ${clientId} processed`] : [];
        });
        const wanted = aboutRecord(lines, sample);
        // What comes after every group's commit is not looked for: nothing may be there.
        expect(told, JSON.stringify(sample)).toEqual(wanted.slice(wanted.findLastIndex((line) => line.endsWith("stored"))));
        expect(moments.map(({ timeUs }) => timeUs)).toEqual(moments.map(({ timeUs }) => timeUs).toSorted((one, other) => one - other));
      }
      expect(worldDigest(history.cluster)).toBe(before);
    });
  }
});

describe("HIS-8 a biography", () => {
  const orders = { topic: "orders", partition: 0 };

  /** One producer, one consumer of a second a record, one partition. */
  function smallRun(): History {
    const history = beginHistory({
      seed: 1,
      network: { latencyMs: 1, jitterMs: 0 },
      brokerConfigs: { "offsets.topic.replication.factor": 1, "group.initial.rebalance.delay.ms": 0 },
      topics: [{ name: "orders", partitions: 1, configs: {} }],
      producers: [{ clientId: "p", topics: ["orders"], source: { ratePerSecond: 1, keys: { kind: "none" }, valueSizeInBytes: 0 }, configs: {} }],
      groups: [{ groupId: "A", topics: ["orders"], configs: { "auto.offset.reset": "earliest", "session.timeout.ms": 6000 } }],
      consumers: [{ clientId: "c1", groupId: "A", processing: { timeMs: 500 } }],
    });
    advance(history, 10 * SECOND_US);
    return history;
  }

  function firstRecord(history: History): Biography {
    const log = onlyBroker(history.cluster).logs.get("orders-0");
    const [batch] = log ? batchesOf(log) : [];
    return biographyOf(history, { ...orders, offset: 0, timestampMs: batch ? recordTimestampMs(batch, 0) : 0 });
  }

  it("has every step once, in order, with who did it", () => {
    const { moments, isWhole } = firstRecord(smallRun());
    expect(moments.map(({ step, clientId, groupId }) => `${step} ${clientId ?? "-"} ${groupId ?? "-"}`)).toEqual([
      "sent p -",
      "batched p -",
      "stored - -",
      "visible - -",
      "acknowledged p -",
      "fetched c1 A",
      "processed c1 A",
      "committed c1 A",
    ]);
    expect(moments.map(({ timeUs }) => timeUs)).toEqual(moments.map(({ timeUs }) => timeUs).toSorted((one, other) => one - other));
    expect(isWhole).toBe(true);
  });

  it("has no step that lies ahead of the moment shown", () => {
    const history = smallRun();
    const whole = firstRecord(history).moments;
    const { timeUs } = whole[5] as (typeof whole)[number];
    finish(windTo(history, { timeUs, eventCount: null, applied: null }));
    expect(firstRecord(history).moments).toEqual(whole.slice(0, 6));
  });

  it("has a record twice that a crashed consumer had processed and not committed", () => {
    const history = smallRun();
    const log = onlyBroker(history.cluster).logs.get("orders-0");
    const offset = log ? log.logEndOffset - 2 : 0;
    give(history, { type: "addConsumer", consumer: { clientId: "c2", groupId: "A", processing: { timeMs: 500 } } });
    give(history, { type: "removeConsumer", clientId: "c1", how: "crash" });
    advance(history, 30 * SECOND_US);
    const batches = log ? [...batchesOf(log)] : [];
    const batch = batches.find((one) => one.baseOffset === offset);
    const { moments } = biographyOf(history, { ...orders, offset, timestampMs: batch ? recordTimestampMs(batch, 0) : 0 });
    expect(moments.filter(({ step }) => step === "processed").map(({ clientId }) => clientId)).toEqual(["c1", "c2"]);
  });
});
