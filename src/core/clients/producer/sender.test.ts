import { describe, expect, it } from "vitest";
import { hashKey, partitionForHash } from "./partitioner";
import { ErrorCode } from "../../kafka/errors";
import { encodeRecordBatch } from "../../kafka/records/encodeRecordBatch";
import { changeApplication, changeProducerConfigs, closeProducer } from "./handle";
import { batchesOf, TestProducer, valuesOf } from "./testProducer";

const counts = ({ producer }: TestProducer): number[] => [producer.sent, producer.acknowledged, producer.failed];

describe("PRD-7 a batch is sent", () => {
  it("when linger.ms has passed, with what has come until then", () => {
    const test = new TestProducer({ "linger.ms": 50 });
    test.produce("a");
    test.sleep(20);
    test.produce("b");
    test.sleep(29);
    expect(test.sent("Produce")).toEqual([]);
    test.sleep(1);
    expect(valuesOf(test.one("Produce"))).toEqual(["a", "b"]);
    expect(batchesOf(test.one("Produce"))["orders-0"]?.columns).toMatchObject({ timestampDeltasMs: [0, 20], origin: { producerActor: 7, sendNumbers: [0, 1] } });
  });

  it("at once with linger.ms=0", () => {
    const test = new TestProducer({ "linger.ms": 0 });
    test.produce("a");
    expect(valuesOf(test.one("Produce"))).toEqual(["a"]);
  });

  it("at once when it is full: a record that does not fit into batch.size begins the next", () => {
    // 61 bytes of header and 8 for each record.
    const test = new TestProducer({ "linger.ms": 50, "batch.size": 61 + 8 + 8 });
    test.produce("a");
    expect(test.sent("Produce")).toEqual([]);
    test.produce("b");
    expect(valuesOf(test.one("Produce"))).toEqual(["a", "b"]);
    test.produce("c");
    expect(test.sent("Produce").length).toBe(1);
  });

  it("with the size that its bytes turn out to have, whatever the records and however late they come", () => {
    const test = new TestProducer({ "linger.ms": 90_000, "batch.size": 1_000_000 });
    for (let number = 0; number < 200; number++) {
      test.produce(["", "값", "v".repeat(number), "🙂".repeat(40)][number % 4], number % 3 === 0 ? null : `열쇠-${number}`);
      test.sleep(number * 3);
    }
    test.sleep(90_000);
    const batch = batchesOf(test.one("Produce"))["orders-0"];
    expect(batch?.columns.count).toBe(200);
    expect(batch?.sizeInBytes).toBe(encodeRecordBatch(batch!).length);
  });

  it("a record larger than batch.size has a batch for itself", () => {
    const test = new TestProducer({ "linger.ms": 50, "batch.size": 100 });
    test.produce("v".repeat(500));
    expect(valuesOf(test.one("Produce"))).toEqual(["v".repeat(500)]);
  });

  it("when another batch for its broker is ready", () => {
    const test = new TestProducer({ "linger.ms": 50 }, { orders: 4 });
    test.produce("a", "key-0");
    test.sleep(30);
    test.produce("b", "key-3");
    test.sleep(20);
    expect(Object.keys(batchesOf(test.one("Produce"))).sort()).toEqual(["orders-1", "orders-3"]);
  });

  it("one of each partition goes into a request, up to max.request.size", () => {
    const test = new TestProducer({ "linger.ms": 50, "max.request.size": 150 }, { orders: 4 });
    for (const key of ["key-0", "key-3", "key-5"]) test.produce("v", key);
    test.sleep(50);
    expect(test.sent("Produce").map((sent) => Object.keys(batchesOf(sent)).length)).toEqual([2, 1]);
  });
});

describe("PRD-8 max.in.flight.requests.per.connection", () => {
  it.each([1, 2, 5])("given %d, then no more requests wait for an answer, and the next goes when one has come", (most) => {
    const test = new TestProducer({ "linger.ms": 0, "max.in.flight.requests.per.connection": most });
    for (let record = 0; record < 7; record++) test.produce(String(record));
    expect(test.sent("Produce").map((sent) => valuesOf(sent).join())).toEqual(["0", "1", "2", "3", "4"].slice(0, most));
    test.answerProduce(test.sent("Produce")[0]!);
    expect(test.sent("Produce").length).toBe(most);
    expect(counts(test)).toEqual([7, 1, 0]);
  });
});

describe("PRD-9 acks", () => {
  it.each([
    ["all", -1],
    ["-1", -1],
    ["1", 1],
  ])("%s is asked for as %d; acknowledged is what was answered", (acks, asked) => {
    const test = new TestProducer({ acks, "linger.ms": 0 });
    test.produce();
    expect([test.one("Produce").request.acks, ...counts(test)]).toEqual([asked, 1, 0, 0]);
    test.answerProduce(test.one("Produce"));
    expect(counts(test)).toEqual([1, 1, 0]);
    expect(test.facts).toMatchObject([{ type: "acknowledged", topic: "orders", partition: 0, baseOffset: 0 }]);
  });

  it("given acks=0, then a record counts as acknowledged when it is sent, at an unknown offset, and nothing waits", () => {
    const test = new TestProducer({ acks: "0", "linger.ms": 0, "max.in.flight.requests.per.connection": 1 });
    test.produce();
    test.produce();
    expect(test.sent("Produce").length).toBe(2);
    expect(counts(test)).toEqual([2, 2, 0]);
    expect(test.facts).toMatchObject([{ type: "acknowledged", baseOffset: -1 }, { type: "acknowledged", baseOffset: -1 }]);
    expect([test.producer.inFlight.size, test.producer.bufferedBytes]).toEqual([0, 0]);
  });
});

describe("PRD-10 an error is tried again", () => {
  it("after retry.backoff.ms, doubled each time up to retry.backoff.max.ms, if it is retriable", () => {
    const test = new TestProducer({ "linger.ms": 0 });
    test.produce();
    const times = [0, 1, 2, 3, 4, 5].map(() => {
      const sent = test.one("Produce");
      test.answerProduce(sent, ErrorCode.NOT_ENOUGH_REPLICAS);
      test.sleep(1000);
      return sent.atMs;
    });
    expect(times).toEqual([0, 100, 1200, 2400, 3800, 5000]);
    expect(counts(test)).toEqual([1, 0, 0]);
  });

  it("before the batches that wait behind it", () => {
    const test = new TestProducer({ "linger.ms": 0, "max.in.flight.requests.per.connection": 1 });
    test.produce("a");
    test.produce("b");
    test.answerProduce(test.one("Produce"), ErrorCode.NOT_ENOUGH_REPLICAS);
    test.sleep(99);
    expect(test.sent("Produce")).toEqual([]);
    test.sleep(1);
    expect(valuesOf(test.one("Produce"))).toEqual(["a"]);
  });

  it("at most `retries` times", () => {
    const test = new TestProducer({ "linger.ms": 0, retries: 2 });
    test.produce();
    for (let attempt = 0; attempt < 3; attempt++) {
      test.answerProduce(test.one("Produce"), ErrorCode.NOT_ENOUGH_REPLICAS);
      test.sleep(1000);
    }
    expect(test.sent("Produce")).toEqual([]);
    expect([...counts(test), test.producer.bufferedBytes]).toEqual([1, 0, 1, 0]);
  });

  it("not at all if it is not retriable", () => {
    const test = new TestProducer({ "linger.ms": 0 });
    test.produce();
    test.answerProduce(test.one("Produce"), ErrorCode.INVALID_TIMESTAMP);
    expect([...counts(test), test.producer.bufferedBytes]).toEqual([1, 0, 1, 0]);
  });

  it("with new metadata, if the error says that the old is wrong; a topic that is gone keeps its batch waiting until it expires", () => {
    const test = new TestProducer({ "linger.ms": 0, "request.timeout.ms": 1000, "delivery.timeout.ms": 3000 });
    test.produce();
    test.sleep(200);
    test.answerProduce(test.one("Produce"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    test.answerMetadata({});
    changeApplication(test.producer, test, { topics: [] });
    test.sleep(2799);
    expect([...counts(test), test.sent("Produce").length]).toEqual([1, 0, 0, 0]);
    expect(test.one("Metadata").request.topics).toEqual(["orders"]);
    test.sleep(1);
    expect(counts(test)).toEqual([1, 0, 1]);
  });

  it("with metadata of the batch's topic, also when the application has turned to others meanwhile", () => {
    const test = new TestProducer({ "linger.ms": 0 });
    test.produce();
    test.sleep(200);
    changeApplication(test.producer, test, { topics: [] });
    test.answerMetadata({});
    test.sleep(200);
    test.answerProduce(test.one("Produce"), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(test.one("Metadata").request.topics).toEqual(["orders"]);
  });
});

describe("PRD-11 delivery.timeout.ms", () => {
  it("bounds the time from send() to failure, retries included", () => {
    const test = new TestProducer({ "linger.ms": 0, "request.timeout.ms": 100, "delivery.timeout.ms": 350 });
    test.produce();
    test.answerProduce(test.one("Produce"), ErrorCode.NOT_ENOUGH_REPLICAS);
    test.sleep(100);
    test.answerProduce(test.one("Produce"), ErrorCode.NOT_ENOUGH_REPLICAS);
    test.sleep(200);
    expect(test.one("Produce").atMs).toBe(300);
    test.sleep(50);
    test.answerProduce(test.one("Produce"), ErrorCode.NOT_ENOUGH_REPLICAS);
    expect([...counts(test), test.producer.bufferedBytes, test.timers.has("sender")]).toEqual([1, 0, 1, 0, false]);
  });

  it("also of a batch that finds no room in flight", () => {
    const test = new TestProducer({ "linger.ms": 0, "request.timeout.ms": 100, "delivery.timeout.ms": 350, "max.in.flight.requests.per.connection": 1 });
    test.produce("a");
    test.sleep(50);
    test.produce("b");
    test.sleep(349);
    expect(counts(test)).toEqual([2, 0, 0]);
    test.sleep(1);
    expect(counts(test)).toEqual([2, 0, 1]);
    test.answerProduce(test.one("Produce"));
    expect(counts(test)).toEqual([2, 1, 1]);
  });
});

describe("PRD-12 send() blocks", () => {
  it("given no metadata, then until it is there, and then the batch lingers like any other", () => {
    const test = new TestProducer({ "linger.ms": 50 }, { orders: 1, payments: 0 });
    test.produce();
    expect(test.producer.blocked).toMatchObject({ topicIndex: 1, waitsFor: "metadata" });
    expect(test.sent("Produce")).toEqual([]);
    test.sleep(100);
    test.answerMetadata({ orders: 1, payments: 1 });
    expect(test.producer.blocked).toBeNull();
    expect(Object.keys(batchesOf(test.one("Produce")))).toEqual(["orders-0"]);
    test.sleep(50);
    expect(Object.keys(batchesOf(test.sent("Produce")[1]!))).toEqual(["payments-0"]);
  });

  it("given acks=0 and no memory for a second batch, then the first is sent without lingering, and send() goes on at once", () => {
    const test = new TestProducer({ acks: "0", "linger.ms": 50_000, "batch.size": 16_384, "buffer.memory": 16_384 }, { orders: 2 });
    test.produce("v", "a");
    const first = test.lastPartition();
    const other = ["b", "c", "d", "e"].find((key) => partitionForHash(hashKey(key), 2) !== first);
    test.produce("w", other ?? "");
    expect(test.producer.blocked).toBeNull();
    expect(test.sent("Produce").map((sent) => valuesOf(sent))).toEqual([["v"]]);
    expect([test.producer.sent, test.producer.failed]).toEqual([2, 0]);
  });

  it("given no metadata for max.block.ms, then that record fails and the application goes on", () => {
    const test = new TestProducer({ "max.block.ms": 1000 }, { orders: 0 });
    test.produce();
    test.sleep(999);
    expect(counts(test)).toEqual([0, 0, 0]);
    test.sleep(1);
    expect([...counts(test), test.producer.blocked]).toEqual([1, 0, 1, null]);
  });

  it("given buffer.memory for two batches of batch.size, then the third waits, what is there is sent without lingering, and it goes on as soon as one is done", () => {
    const test = new TestProducer({ "linger.ms": 1000, "batch.size": 100, "buffer.memory": 200 }, { orders: 4 });
    test.produce("a", "key-0");
    test.produce("b", "key-3");
    expect([test.producer.bufferedBytes, test.sent("Produce").length]).toEqual([200, 0]);
    test.produce("c", "key-5");
    expect(test.producer.blocked?.waitsFor).toBe("memory");
    expect(valuesOf(test.one("Produce"))).toEqual(["a", "b"]);
    test.answerProduce(test.one("Produce"));
    expect([test.producer.blocked, test.producer.bufferedBytes]).toEqual([null, 100]);
  });

  it("given full memory for max.block.ms, then that record fails; what is in batches is still delivered", () => {
    const test = new TestProducer({ "linger.ms": 0, "batch.size": 100, "buffer.memory": 100, "max.block.ms": 500 });
    test.produce("a");
    test.produce("b");
    test.sleep(500);
    expect([...counts(test), test.producer.blocked]).toEqual([2, 0, 1, null]);
    test.answerProduce(test.one("Produce"));
    expect(counts(test)).toEqual([2, 1, 1]);
  });

  it("given full memory, when batches expire, then it goes on too", () => {
    const test = new TestProducer({ "linger.ms": 0, "batch.size": 100, "buffer.memory": 200, "request.timeout.ms": 100, "delivery.timeout.ms": 300, "max.in.flight.requests.per.connection": 1 });
    for (let record = 0; record < 3; record++) test.produce("v".repeat(30));
    expect(test.producer.blocked?.waitsFor).toBe("memory");
    test.sleep(300);
    expect([...counts(test), test.producer.blocked]).toEqual([3, 0, 1, null]);
  });
});

describe("PRD-13 a record that is too large", () => {
  it.each([
    ["max.request.size", { "max.request.size": 300 }],
    ["buffer.memory", { "buffer.memory": 300, "batch.size": 100 }],
  ])("given more than %s, then it fails in the client, and the next one goes", (_, configs) => {
    const test = new TestProducer({ "linger.ms": 0, ...configs });
    test.produce("v".repeat(300));
    expect([...counts(test), test.sent("Produce").length]).toEqual([1, 0, 1, 0]);
    test.produce("small");
    expect(valuesOf(test.one("Produce"))).toEqual(["small"]);
  });

  it("PRD-14 given a batch that is too large for its topic, then its halves are sent at once, in order, and only a single record fails", () => {
    const test = new TestProducer({ "linger.ms": 5, "max.in.flight.requests.per.connection": 1, retries: 0, "enable.idempotence": false });
    for (const value of ["a", "b", "c"]) test.produce(value);
    test.sleep(5);
    const attempts: string[] = [];
    while (test.sent("Produce").length > 0) {
      const sent = test.one("Produce");
      attempts.push(valuesOf(sent).join(""));
      const isFine = valuesOf(sent).length === 1 && valuesOf(sent)[0] !== "b";
      test.answerProduce(sent, isFine ? ErrorCode.NONE : ErrorCode.MESSAGE_TOO_LARGE);
    }
    expect(attempts).toEqual(["abc", "a", "bc", "b", "c"]);
    expect([...counts(test), test.producer.bufferedBytes]).toEqual([3, 2, 1, 0]);
  });
});

describe("PRD-15 the producer closes", () => {
  it("given records that linger, then they are sent at once, and it is gone when they are answered", () => {
    const test = new TestProducer({ "linger.ms": 1000 });
    test.produce("a");
    closeProducer(test.producer, test);
    expect(valuesOf(test.one("Produce"))).toEqual(["a"]);
    expect([test.facts, test.isClosed]).toEqual([[], false]);
    test.answerProduce(test.one("Produce"));
    expect([test.facts.map(({ type }) => type), test.isClosed]).toEqual([["acknowledged"], true]);
  });

  it("given nothing to send, then it is gone at once, and a blocked send() with it", () => {
    const test = new TestProducer({}, { orders: 0 });
    test.produce("a");
    closeProducer(test.producer, test);
    expect(test.isClosed).toBe(true);
  });

  it("PRD-16 given other configs, then what was sent before is still delivered, under the new ones", () => {
    const test = new TestProducer({ "linger.ms": 1000 });
    test.produce("a");
    changeProducerConfigs(test.producer, test, { "linger.ms": 10 });
    test.sleep(10);
    expect(valuesOf(test.one("Produce"))).toEqual(["a"]);
  });

  it("PRD-16 given another source, then the application sends at that pace", () => {
    const test = new TestProducer();
    expect(test.timers.has("application")).toBe(false);
    changeApplication(test.producer, test, { source: { ratePerSecond: 100, keys: { kind: "none" }, valueSizeInBytes: 0 } });
    test.sleep(1000);
    expect(Math.abs(test.producer.sent - 100)).toBeLessThan(10);
    changeApplication(test.producer, test, { source: { ratePerSecond: 0, keys: { kind: "none" }, valueSizeInBytes: 0 } });
    const { sent } = test.producer;
    test.sleep(1000);
    expect(test.producer.sent).toBe(sent);
  });
});
