import { describe, expect, it } from "vitest";
import { timestampOfSlot } from "../../kafka/records/batchPage";
import { recordsBetween } from "../log/partitionLog";
import { ErrorCode } from "../../kafka/errors";
import { makeRecordBatch } from "../../kafka/records/makeRecordBatch";
import type { RecordBatch } from "../../kafka/records/recordBatch";
import { batchOf, fetchRequest, produceRequest, TestBroker } from "../testBroker";

function refusal(configs: Readonly<Record<string, string>>, batch: RecordBatch): number {
  const test = new TestBroker();
  test.createTopic("orders", 1, configs);
  const errorCode = test.ask(produceRequest("orders", { 0: batch })).responses[0]?.partitionResponses[0]?.errorCode;
  expect(test.log("orders").logEndOffset).toBe(errorCode === ErrorCode.NONE ? batch.columns.count : 0);
  return errorCode ?? NaN;
}

describe("Produce", () => {
  it("PRD-1 given two partitions, then each batch is appended whole, answered with its first offset, and readable at once", () => {
    const test = new TestBroker();
    test.createTopic("orders", 2);
    test.ask(produceRequest("orders", { 1: batchOf(["x"]) }));
    expect(test.ask(produceRequest("orders", { 0: batchOf(["a", "b"]), 1: batchOf(["c", "d"]) }))).toEqual({
      api: "Produce",
      responses: [
        {
          name: "orders",
          partitionResponses: [
            { index: 0, errorCode: 0, baseOffset: 0, logAppendTimeMs: -1, logStartOffset: 0 },
            { index: 1, errorCode: 0, baseOffset: 1, logAppendTimeMs: -1, logStartOffset: 0 },
          ],
        },
      ],
    });
    expect(test.log("orders", 1)).toMatchObject({ logEndOffset: 3, highWatermark: 3 });
  });

  it("PRD-1 one partition's error leaves the other's records alone", () => {
    const test = new TestBroker();
    test.createTopic("orders");
    const [answer] = test.ask(produceRequest("orders", { 0: batchOf(["a"]), 7: batchOf(["b"]) })).responses;
    expect(answer?.partitionResponses.map(({ errorCode, baseOffset }) => [errorCode, baseOffset])).toEqual([
      [ErrorCode.NONE, 0],
      [ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, -1],
    ]);
  });

  it("PRD-2 given acks=0, then nothing is answered and the records are there", () => {
    const test = new TestBroker();
    test.createTopic("orders");
    const request = test.send(produceRequest("orders", { 0: batchOf(["a"]) }, 0));
    expect(test.answers.has(request)).toBe(false);
    expect(test.broker.requests.size).toBe(0);
    expect(test.log("orders")).toMatchObject({ logEndOffset: 1, highWatermark: 1 });
  });

  it.each([2, -2])("PRD-2 refuses acks=%d for all partitions", (acks) => {
    const test = new TestBroker();
    test.createTopic("orders");
    const { responses } = test.ask(produceRequest("orders", { 0: batchOf(["a"]) }, acks));
    expect(responses[0]?.partitionResponses[0]?.errorCode).toBe(ErrorCode.INVALID_REQUIRED_ACKS);
    expect(test.log("orders").logEndOffset).toBe(0);
  });

  it("PRD-3 an unknown topic is not made by producing to it", () => {
    const test = new TestBroker();
    const { responses } = test.ask(produceRequest("orders", { 0: batchOf(["a"]) }));
    expect(responses[0]?.partitionResponses[0]?.errorCode).toBe(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    expect(test.broker.metadata.topics.has("orders")).toBe(false);
  });

  const big = batchOf(["v".repeat(2_000_000)]);
  it.each<[string, number, Readonly<Record<string, string>>, RecordBatch]>([
    ["a batch of max.message.bytes", ErrorCode.NONE, { "max.message.bytes": String(batchOf(["a"]).sizeInBytes) }, batchOf(["a"])],
    ["one byte more", ErrorCode.MESSAGE_TOO_LARGE, { "max.message.bytes": String(batchOf(["a"]).sizeInBytes - 1) }, batchOf(["a"])],
    ["more than a segment", ErrorCode.RECORD_LIST_TOO_LARGE, { "max.message.bytes": "4000000", "segment.bytes": "1048576" }, big],
    ["no key in a compacted topic", ErrorCode.INVALID_RECORD, { "cleanup.policy": "delete,compact" }, batchOf(["a"], null)],
    ["a key in a compacted topic", ErrorCode.NONE, { "cleanup.policy": "compact" }, batchOf(["a"])],
    ["a control batch", ErrorCode.INVALID_RECORD, {}, { ...batchOf(["a"]), attributes: 0x20 }],
    ["an offset given by the client", ErrorCode.INVALID_RECORD, {}, { ...batchOf(["a"]), baseOffset: 5 }],
    ["an hour ahead", ErrorCode.NONE, {}, batchOf(["a"], "k", 1000 + 3_600_000)],
    ["more than an hour ahead", ErrorCode.INVALID_TIMESTAMP, {}, batchOf(["a"], "k", 1001 + 3_600_000)],
    ["as old as allowed", ErrorCode.NONE, { "message.timestamp.before.max.ms": "300" }, batchOf(["a"], "k", 700)],
    ["older than allowed", ErrorCode.INVALID_TIMESTAMP, { "message.timestamp.before.max.ms": "300" }, batchOf(["a"], "k", 699)],
    ["far ahead, where the broker's clock counts", ErrorCode.NONE, { "message.timestamp.type": "LogAppendTime" }, batchOf(["a"], "k", 9_000_000)],
  ])("PRD-4 given %s, then %d", (_, errorCode, configs, batch) => expect(refusal(configs, batch)).toBe(errorCode));

  it("PRD-5 given LogAppendTime, then the broker's time counts for every record and is answered", () => {
    const test = new TestBroker();
    test.createTopic("orders", 1, { "message.timestamp.type": "LogAppendTime" });
    test.sleep(4000);
    const sent = makeRecordBatch({ keys: [null, null], values: ["a", "b"], baseTimestampMs: 10, timestampDeltasMs: [0, 7] });
    expect(test.ask(produceRequest("orders", { 0: sent })).responses[0]?.partitionResponses[0]?.logAppendTimeMs).toBe(5000);
    const stored = recordsBetween(test.log("orders"), 0, 2);
    expect(Array.from(stored, ({ page, batch, slot }) => timestampOfSlot(page, batch, slot))).toEqual([5000, 5000]);
  });

  it("PRD-6 given acks=all and min.insync.replicas=2 on one replica, then it is the number of replicas that counts", () => {
    expect(refusal({ "min.insync.replicas": "2" }, batchOf(["a"]))).toBe(ErrorCode.NONE);
  });

  it("PRD-1 given a reader that waits, then it is answered in the same event, after the producer", () => {
    const test = new TestBroker();
    test.createTopic("orders");
    const fetch = test.send(fetchRequest("orders", { 0: 0 }), 3);
    const produce = test.send(produceRequest("orders", { 0: batchOf(["a"]) }));
    expect([...test.answers.keys()].slice(-2)).toEqual([produce, fetch]);
  });
});
