import { describe, expect, it } from "vitest";
import { countIn } from "../../kafka/records/batchPage";
import type { FetchResponse } from "../../kafka/api/fetch";
import { ErrorCode } from "../../kafka/errors";
import { batchOf, fetchRequest, produceRequest, TestBroker } from "../testBroker";

const SIZE = batchOf(["v"]).sizeInBytes;

/** `orders` with these numbers of one-record batches in its partitions. */
function brokerWith(...counts: readonly number[]): TestBroker {
  const test = new TestBroker();
  test.createTopic("orders", counts.length);
  counts.forEach((count, partition) => {
    for (let batch = 0; batch < count; batch++) test.ask(produceRequest("orders", { [partition]: batchOf(["v"]) }));
  });
  return test;
}

const counts = ({ responses }: FetchResponse): number[] => responses.flatMap(({ partitions }) => partitions.map(({ records }) => countIn(records)));

describe("Fetch", () => {
  it("FET-1 given enough bytes, then the answer comes at once, with the batches and the state of the log", () => {
    expect(brokerWith(2).ask(fetchRequest("orders", { 0: 1 }))).toMatchObject({
      errorCode: 0,
      responses: [{ topic: "orders", partitions: [{ partitionIndex: 0, errorCode: 0, highWatermark: 2, lastStableOffset: 2, logStartOffset: 0, records: [{ from: 1, to: 2 }] }] }],
    });
  });

  it.each([
    ["no time to wait", fetchRequest("orders", { 0: 1 }, { maxWaitMs: 0 }), ErrorCode.NONE],
    ["nothing to wait for", fetchRequest("orders", { 0: 1 }, { minBytes: 0 }), ErrorCode.NONE],
    ["an offset beyond the end", fetchRequest("orders", { 0: 2 }), ErrorCode.OFFSET_OUT_OF_RANGE],
    ["an unknown partition", fetchRequest("orders", { 5: 0 }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ["an unknown topic", fetchRequest("payments", { 0: 0 }), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
  ])("FET-1 given %s, then an answer without records comes at once", (_, request, errorCode) => {
    const answer = brokerWith(1).ask(request);
    expect(answer.responses[0]?.partitions[0]).toMatchObject({ errorCode, records: [] });
  });

  it("FET-1 given no partitions, then the answer comes at once", () => {
    expect(brokerWith(1).ask({ ...fetchRequest("orders", {}), topics: [] }).responses).toEqual([]);
  });

  it("FET-2 given an error in one partition, then the others' records come with it", () => {
    const answer = brokerWith(1, 1).ask(fetchRequest("orders", { 0: 9, 1: 0 }, { minBytes: 10_000 }));
    expect(counts(answer)).toEqual([0, 1]);
  });

  it("FET-2 given nothing new, then the answer comes when fetch.max.wait.ms has passed, not before", () => {
    const test = brokerWith(1);
    const request = test.send(fetchRequest("orders", { 0: 1 }));
    test.sleep(499);
    expect(test.answers.has(request)).toBe(false);
    test.sleep(1);
    expect(counts(test.answer(request, "Fetch"))).toEqual([0]);
    expect(test.broker.purgatory.parked.size + test.timers.size).toBe(0);
  });

  it("FET-2 given fetch.min.bytes of three batches, then it waits for the third, over all partitions together", () => {
    const test = brokerWith(1, 0);
    const request = test.send(fetchRequest("orders", { 0: 0, 1: 0 }, { minBytes: 3 * SIZE }));
    test.ask(produceRequest("orders", { 1: batchOf(["v"]) }));
    expect(test.answers.has(request)).toBe(false);
    test.ask(produceRequest("orders", { 1: batchOf(["v"]) }));
    expect(counts(test.answer(request, "Fetch"))).toEqual([1, 2]);
    expect(test.timers.size).toBe(0);
  });

  it("FET-2 given a partition with more than max.partition.fetch.bytes, then it counts for no more than that", () => {
    const test = brokerWith(3, 0);
    const request = test.send(fetchRequest("orders", { 0: 0, 1: 0 }, { minBytes: 2 * SIZE }, SIZE));
    expect(test.answers.has(request)).toBe(false);
    test.ask(produceRequest("orders", { 1: batchOf(["v"]) }));
    expect(counts(test.answer(request, "Fetch"))).toEqual([1, 1]);
  });

  it.each([
    ["fetch.max.bytes of one batch", { maxBytes: SIZE }, 1_048_576, [1, 0]],
    ["fetch.max.bytes of three batches", { maxBytes: 3 * SIZE }, 1_048_576, [2, 1]],
    ["fetch.max.bytes of one byte: the first partition with records gives one batch", { maxBytes: 1 }, 1_048_576, [1, 0]],
    ["max.partition.fetch.bytes of one batch", {}, SIZE, [1, 1]],
    ["max.partition.fetch.bytes of one byte", {}, 1, [1, 0]],
  ])("FET-3 given %s, then whole batches up to it, in the order asked for", (_, changes, partitionMaxBytes, expected) => {
    const test = brokerWith(2, 2);
    expect(counts(test.ask(fetchRequest("orders", { 0: 0, 1: 0 }, changes, partitionMaxBytes)))).toEqual(expected);
  });

  it("FET-3 the broker's own fetch.max.bytes is a limit too", () => {
    const test = new TestBroker({ "fetch.max.bytes": 1024 });
    test.createTopic("orders");
    for (let batch = 0; batch < 3; batch++) test.ask(produceRequest("orders", { 0: batchOf(["v".repeat(600)]) }));
    expect(counts(test.ask(fetchRequest("orders", { 0: 0 })))).toEqual([1]);
  });

  it("FET-4 given a partition that is deleted under it, then a waiting fetch learns of it at once", () => {
    const test = brokerWith(0);
    const request = test.send(fetchRequest("orders", { 0: 0 }));
    test.ask({ api: "DeleteTopics", timeoutMs: 1000, topicNames: ["orders"] });
    expect(test.answer(request, "Fetch").responses[0]?.partitions[0]?.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
  });

  it("FET-5 given a client that is gone, then what it had parked is dropped, and nobody else's", () => {
    const test = brokerWith(0);
    const gone = test.send(fetchRequest("orders", { 0: 0 }), 3);
    const other = test.send(fetchRequest("orders", { 0: 0 }), 4);
    test.disconnect(3);
    test.sleep(1000);
    expect([test.answers.has(gone), test.answers.has(other), test.broker.requests.size]).toEqual([false, true, 0]);
  });
});

describe("ListOffsets", () => {
  it.each([
    ["latest", -1, { errorCode: 0, timestamp: -1, offset: 3 }],
    ["earliest", -2, { errorCode: 0, timestamp: -1, offset: 1 }],
    ["a time", 1500, { errorCode: 0, timestamp: 2000, offset: 1 }],
    ["a time after all records", 3001, { errorCode: 0, timestamp: -1, offset: -1 }],
  ])("FET-6 finds %s", (_, timestamp, expected) => {
    const test = new TestBroker();
    test.createTopic("orders");
    for (const baseTimestampMs of [1000, 2000, 3000]) test.ask(produceRequest("orders", { 0: batchOf(["v"], null, baseTimestampMs) }));
    test.log("orders").logStartOffset = 1;
    const topics = [{ name: "orders", partitions: [{ partitionIndex: 0, timestamp }] }];
    expect(test.ask({ api: "ListOffsets", isolationLevel: 0, topics }).topics).toEqual([{ name: "orders", partitions: [{ partitionIndex: 0, ...expected }] }]);
  });

  it("FET-6 of an unknown partition is an error", () => {
    const topics = [{ name: "orders", partitions: [{ partitionIndex: 0, timestamp: -1 }] }];
    expect(new TestBroker().ask({ api: "ListOffsets", isolationLevel: 0, topics }).topics[0]?.partitions[0]).toEqual({
      partitionIndex: 0,
      errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      timestamp: -1,
      offset: -1,
    });
  });
});
