import { describe, expect, it } from "vitest";
import { TestProducer } from "./producer/testProducer";

describe("MET-9 a client's metadata", () => {
  it("is asked for again after metadata.max.age.ms", () => {
    const test = new TestProducer({ "metadata.max.age.ms": 3000 }, { orders: 2 });
    test.sleep(2999);
    expect(test.sent("Metadata")).toEqual([]);
    test.sleep(1);
    test.answerMetadata({ orders: 3 });
    expect(test.producer.metadata.topics.get("orders")).toEqual([1, 1, 1]);
  });

  it("given an unknown topic, then after retry.backoff.ms, again and again, and never sooner", () => {
    const test = new TestProducer({ "retry.backoff.ms": 250 }, { orders: 0 });
    test.produce();
    expect(test.sent("Metadata")).toEqual([]);
    const times = [1, 2, 3].map(() => {
      test.sleep(250);
      const { atMs } = test.one("Metadata");
      test.answerMetadata({});
      return atMs;
    });
    expect(times).toEqual([250, 500, 750]);
  });

  it("given a second wish while a request is under way, then there is one more request, after the backoff", () => {
    const test = new TestProducer({}, { orders: 0 });
    test.sleep(100);
    test.produce();
    const { id } = test.one("Metadata");
    test.answerMetadata({ orders: 1 });
    test.sleep(99);
    expect(test.sent("Metadata")).toEqual([]);
    test.sleep(1);
    expect(test.one("Metadata").id).not.toBe(id);
  });

  it("given a topic that is gone, then it is known no more", () => {
    const test = new TestProducer({ "metadata.max.age.ms": 1000 }, { orders: 1 });
    test.sleep(1000);
    test.answerMetadata({});
    expect(test.producer.metadata.topics.size).toBe(0);
  });
});
