import { describe, expect, it } from "vitest";
import { formatTopicPartition } from "../../kafka/topicPartition";
import { appendNewBatch } from "./accumulator";
import { hashKey, partitionForHash, stickyPartition } from "./partitioner";
import { TestProducer, valuesOf } from "./testProducer";

/** Lengths of the runs in which records went to one partition. */
function runs(partitions: readonly number[]): number[] {
  const lengths: number[] = [];
  partitions.forEach((partition, index) => {
    if (index > 0 && partitions[index - 1] === partition) lengths[lengths.length - 1]! += 1;
    else lengths.push(1);
  });
  return lengths;
}

describe("PAR-1 a record with a key", () => {
  it.each([
    ["key-0", 1, 1],
    ["key-2", 2, 2],
    ["key-3", 2, 3],
    ["key-4", 0, 1],
    ["key-5", 2, 0],
  ])("%s goes to %d of 3 partitions, and to %d of 4", (key, ofThree, ofFour) => {
    const test = new TestProducer({}, { three: 3, four: 4 });
    test.produce("v", key);
    expect(test.producer.decisions.map(({ topic, partition, hash }) => [topic, partition, hash])).toEqual([
      ["three", ofThree, hashKey(key)],
      ["four", ofFour, hashKey(key)],
    ]);
  });

  it("an empty key is a key; a negative hash loses its sign bit", () => {
    const test = new TestProducer({}, { orders: 7 });
    test.produce("v", "");
    expect(test.producer.decisions.at(-1)).toMatchObject({ text: "", hash: hashKey("") });
    expect(partitionForHash(-1, 7)).toBe(0x7fffffff % 7);
  });

  it("PAR-4 with partitioner.ignore.keys sticks like one without", () => {
    const test = new TestProducer({ "partitioner.ignore.keys": true }, { orders: 3 });
    const partitions = ["key-0", "key-3", "key-4", "key-5"].map((key) => {
      test.produce("v", key);
      return test.lastPartition();
    });
    expect(new Set(partitions).size).toBe(1);
    expect(test.producer.decisions.every(({ hash }) => hash === null)).toBe(true);
  });
});

describe("PAR-2 records without a key stick to a partition", () => {
  it.each([
    [0, false],
    [0, true],
    [5, false],
    [5, true],
  ])("given 30 small ones, linger.ms=%d and each awaited: %s, then all 30 are on one partition", (lingerMs, isAwaited) => {
    const test = new TestProducer({ "linger.ms": lingerMs }, { orders: 3 });
    const partitions = Array.from({ length: 30 }, () => {
      test.produce();
      test.sleep(isAwaited ? 10 : 0);
      for (const sent of test.sent("Produce")) test.answerProduce(sent);
      return test.lastPartition();
    });
    expect(runs(partitions)).toEqual([30]);
  });

  // Measured with the Java client of October 2024: 32, 32, 56.
  it("given 120 of 1000 bytes while the sender is busy, then at twice batch.size, every 32 of them, a partition is chosen anew", () => {
    const test = new TestProducer({ "max.in.flight.requests.per.connection": 1 }, { orders: 3 }, 2);
    const partitions = Array.from({ length: 120 }, () => {
      test.produce("v".repeat(1000));
      return test.lastPartition();
    });
    // The same partition may be chosen again: 56 are 32 and the last 24.
    expect(runs(partitions)).toEqual([32, 32, 56]);
    expect(test.facts.map((fact) => fact.type === "stickySwitched" && fact.bytes)).toEqual([32_410, 32_410, 32_410]);
    // 16 of them make a batch of 16,205 bytes, a seventeenth would not fit.
    expect(valuesOf(test.one("Produce")).length).toBe(16);
  });

  it("given the same with a sender that keeps up, then the next partition's first record goes with the full batch, and its run is one batch longer", () => {
    const test = new TestProducer({}, { orders: 3 });
    const partitions = Array.from({ length: 66 }, () => {
      test.produce("v".repeat(1000));
      return test.lastPartition();
    });
    expect(runs(partitions)).toEqual([32, 17, 17]);
    expect(test.sent("Produce").map((sent) => valuesOf(sent).length)).toEqual([16, 17, 17]);
  });

  it("given batches that are drained while they fill, then the next record after batch.size goes elsewhere", () => {
    const test = new TestProducer({ "linger.ms": 0 }, { orders: 100 });
    const partitions = Array.from({ length: 40 }, () => {
      test.produce("v".repeat(1000));
      for (const sent of test.sent("Produce")) test.answerProduce(sent);
      return test.lastPartition();
    });
    // Each record is a batch of 1070 bytes; 16 of them are 17,120.
    expect(runs(partitions)).toEqual([16, 16, 8]);
  });

  it("given keyed records that keep beginning new batches on it, then it is left at twice batch.size, full or not", () => {
    const test = new TestProducer({ "batch.size": 200, "linger.ms": 1000 }, { orders: 3 });
    const big = "v".repeat(100);
    test.produce(big);
    const sticky = test.lastPartition();
    const key = ["key-4", "key-0", "key-3"][sticky];
    test.produce(big);
    const next = (): void => {
      test.produce(big, key);
      test.produce("v");
    };
    for (let round = 0; round < 7; round++) next();
    expect([test.producer.decisions.at(-1)?.stickyBytes, test.facts]).toEqual([396, []]);
    next();
    expect(test.facts).toMatchObject([{ type: "stickySwitched", bytes: 404 }]);
  });

  it("given batch.size=0, then every record may go elsewhere", () => {
    const test = new TestProducer({ "batch.size": 0, "linger.ms": 0 }, { orders: 100 });
    const partitions = Array.from({ length: 10 }, () => {
      test.produce();
      for (const sent of test.sent("Produce")) test.answerProduce(sent);
      return test.lastPartition();
    });
    expect(runs(partitions)).toEqual(Array(10).fill(1));
  });

  it("each topic has a sticky partition of its own", () => {
    const test = new TestProducer({}, { orders: 50, payments: 50 });
    test.produce();
    test.produce();
    const [orders, payments, ordersAgain, paymentsAgain] = test.producer.decisions.map(({ partition }) => partition);
    expect([ordersAgain, paymentsAgain]).toEqual([orders, payments]);
    expect(orders).not.toBe(payments);
  });
});

describe("PAR-3 a shorter queue is more likely", () => {
  /** How often each of three partitions is chosen first, with batches waiting for them. */
  function chosen(queues: readonly number[], adaptive: boolean): number[] {
    const test = new TestProducer({ "partitioner.adaptive.partitioning.enable": adaptive }, { orders: 3 });
    const { producer } = test;
    queues.forEach((length, partition) => {
      for (let batch = 0; batch < length; batch++) appendNewBatch(producer, "orders", partition, 0, { source: producer.source, keyNumber: -1, draw: 0, text: null, timestampMs: 0, sendNumber: 0, contentBytes: 30 });
    });
    expect(queues.map((_, partition) => producer.accumulator.get(formatTopicPartition("orders", partition))?.length ?? 0)).toEqual(queues);
    const counts = [0, 0, 0];
    for (let draw = 0; draw < 8000; draw++) {
      producer.sticky.clear();
      counts[stickyPartition(producer, "orders", 3).partition]! += 1;
    }
    return counts;
  }

  it.each([
    ["queues of 0, 3 and 1 batches, then the weights are 4, 1 and 3", [0, 3, 1], true, [4000, 1000, 3000]],
    ["equal queues, then all are alike", [2, 2, 2], true, [2667, 2667, 2667]],
    ["adaptive partitioning switched off, then all are alike", [0, 3, 1], false, [2667, 2667, 2667]],
  ])("given %s", (_, queues, adaptive, expected) => {
    chosen(queues, adaptive).forEach((count, partition) => expect(Math.abs(count - (expected[partition] ?? 0))).toBeLessThan(150));
  });
});

describe("PAR-5 given more partitions, when the producer learns of them", () => {
  it("then keys move at once, and unkeyed records only with the next switch", () => {
    const test = new TestProducer({ "metadata.max.age.ms": 1000 }, { orders: 3 });
    const at = (key: string | null): number => {
      test.produce("v", key);
      return test.lastPartition();
    };
    const sticky = at(null);
    expect([at("key-3"), at("key-5"), at("key-0")]).toEqual([2, 2, 1]);
    test.sleep(1000);
    test.answerMetadata({ orders: 4 });
    expect([at("key-3"), at("key-5"), at("key-0"), at(null)]).toEqual([3, 0, 1, sticky]);
  });
});
