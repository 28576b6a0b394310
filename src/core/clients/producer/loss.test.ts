import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../kafka/errors";
import { closeProducer } from "./handle";
import { TestProducer, valuesOf } from "./testProducer";

/** A producer that looks for what is overdue. */
function impatient(...given: ConstructorParameters<typeof TestProducer>): TestProducer {
  const test = new TestProducer(...given);
  test.looksForOverdue = true;
  return test;
}

const counts = ({ producer }: TestProducer): number[] => [producer.sent, producer.acknowledged, producer.failed];
/** When each request without an answer was sent, and what is in it. */
const waiting = (test: TestProducer): [number, string][] => test.sent("Produce").map((sent) => [sent.atMs, valuesOf(sent).join("")]);

describe("NET-4 a Produce without an answer", () => {
  it("given request.timeout.ms has passed, then its connection is closed, and it is tried again after retry.backoff.ms", () => {
    const test = impatient({ "linger.ms": 0, "request.timeout.ms": 1000, "retry.backoff.ms": 100 });
    test.produce("a");
    test.sleep(999);
    expect([waiting(test), test.disconnected]).toEqual([[[0, "a"]], []]);
    test.sleep(1);
    expect([waiting(test), test.disconnected]).toEqual([[], [[1, 0]]]);
    test.sleep(100);
    expect(waiting(test)).toEqual([[1100, "a"]]);
    test.answerProduce(test.one("Produce"));
    expect([...counts(test), test.producer.bufferedBytes]).toEqual([1, 1, 0, 0]);
  });

  it("given the broker cannot be reached, then it is tried again when that may be connected to once more", () => {
    const test = impatient({ "linger.ms": 0, "retry.backoff.ms": 0 });
    test.produce("a");
    test.breakConnection();
    test.sleep(49);
    expect(waiting(test)).toEqual([]);
    test.sleep(1);
    expect(waiting(test)).toEqual([[50, "a"]]);
    test.breakConnection();
    test.sleep(100);
    expect(waiting(test)).toEqual([[150, "a"]]);
  });

  it.each([0, 1, 3])("given retries=%d, then it is tried that often and not once more, and its records fail", (retries) => {
    const test = impatient({ "linger.ms": 0, retries, "enable.idempotence": false, "request.timeout.ms": 100, "delivery.timeout.ms": 60_000, "retry.backoff.ms": 10 });
    test.produce("a");
    let tries = 0;
    for (let ms = 0; ms < 10_000; ms++) {
      tries += test.sent("Produce").length > 0 && test.one("Produce").atMs * 1000 === test.nowUs ? 1 : 0;
      test.sleep(1);
    }
    expect([tries, ...counts(test), test.producer.bufferedBytes]).toEqual([1 + retries, 1, 0, 1, 0]);
  });

  it("given delivery.timeout.ms has passed, then it is tried no more, and its records fail", () => {
    const test = impatient({ "linger.ms": 0, "request.timeout.ms": 1000, "delivery.timeout.ms": 2000, "retry.backoff.ms": 100 });
    test.produce("a");
    test.sleep(1999);
    expect([waiting(test), counts(test)]).toEqual([[[1100, "a"]], [1, 0, 0]]);
    test.sleep(101);
    expect([waiting(test), counts(test)]).toEqual([[], [1, 0, 1]]);
    test.sleep(60_000);
    expect([waiting(test), test.producer.bufferedBytes]).toEqual([[], 0]);
  });

  it("given later batches that wait, then the one that is tried again stands before them", () => {
    const test = impatient({ "linger.ms": 0, "batch.size": 0, "request.timeout.ms": 1000, "max.in.flight.requests.per.connection": 1 });
    for (const value of ["a", "b", "c"]) test.produce(value);
    test.sleep(1100);
    const order: string[] = [];
    while (test.sent("Produce").length > 0) {
      order.push(...valuesOf(test.one("Produce")));
      test.answerProduce(test.one("Produce"));
    }
    expect(order).toEqual(["a", "b", "c"]);
  });

  it("given several under way, then all on its connection are lost, and each is tried again", () => {
    const test = impatient({ "linger.ms": 0, "batch.size": 0, "request.timeout.ms": 1000, "max.in.flight.requests.per.connection": 5 });
    test.produce("a");
    test.sleep(500);
    test.produce("b");
    test.sleep(500);
    expect([waiting(test), test.producer.inFlight.size]).toEqual([[], 0]);
    test.sleep(100);
    const again = test.sent("Produce");
    expect(again.flatMap(valuesOf).sort()).toEqual(["a", "b"]);
    for (const sent of again) test.answerProduce(sent);
    expect(counts(test)).toEqual([2, 2, 0]);
  });

  it("given it was stored all the same, then an answer that comes after all is not listened to", () => {
    const test = impatient({ "linger.ms": 0, "request.timeout.ms": 1000 });
    test.produce("a");
    const late = test.one("Produce");
    test.sleep(1000);
    test.answerProduce(late);
    expect(counts(test)).toEqual([1, 0, 0]);
    test.sleep(100);
    test.answerProduce(test.one("Produce"));
    expect(counts(test)).toEqual([1, 1, 0]);
  });

  it("asks for the metadata anew, for the leader may be another by now", () => {
    const test = impatient({ "linger.ms": 0, "request.timeout.ms": 1000 });
    test.produce("a");
    test.sleep(1100);
    expect(test.one("Metadata").request.topics).toEqual(["orders"]);
  });

  it("given acks=0, then nothing is waited for, and nothing tried again", () => {
    const test = impatient({ acks: "0", "enable.idempotence": false, "linger.ms": 0 });
    test.produce("a");
    test.breakConnection();
    test.sleep(60_000);
    expect([test.sent("Produce").length, ...counts(test)]).toEqual([0, 1, 1, 0]);
  });

  it("given a producer that closes, then it is gone when its last batch is answered, or has failed", () => {
    const configs = { "linger.ms": 0, "request.timeout.ms": 1000, "delivery.timeout.ms": 2000 };
    const [answered, failed] = [impatient(configs), impatient(configs)];
    for (const test of [answered, failed]) {
      test.produce("a");
      closeProducer(test.producer, test);
      test.breakConnection();
      expect(test.isClosed).toBe(false);
    }
    answered.sleep(100);
    answered.answerProduce(answered.one("Produce"));
    failed.sleep(2200);
    expect([answered.isClosed, failed.isClosed, ...counts(failed)]).toEqual([true, true, 1, 0, 1]);
  });
});

describe("NET-4 a Metadata request without an answer", () => {
  it("given request.timeout.ms has passed, then it is asked for again after retry.backoff.ms, and send() goes on with the answer", () => {
    const test = impatient({ "linger.ms": 0, "request.timeout.ms": 1000, "retry.backoff.ms": 300 }, { orders: 0 });
    test.produce("a");
    test.sleep(300);
    expect(test.one("Metadata").atMs).toBe(300);
    test.sleep(1300);
    expect(test.one("Metadata").atMs).toBe(1600);
    test.answerMetadata({ orders: 1 });
    expect(waiting(test)).toEqual([[1600, "a"]]);
    test.answerProduce(test.one("Produce"), ErrorCode.NONE);
  });
});
