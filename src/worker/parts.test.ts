import { describe, expect, it } from "vitest";
import type { Answer } from "../bridge/messages";
import type { Command } from "../core/world/command";
import { orders } from "../scenario/presets/orders";
import { TestPage } from "./testPage";

const queue = { name: "orders-q", durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] };
const publishes = { targets: [{ exchange: "", routingKey: "orders-q" }], confirms: false, mandatory: false, persistent: true, expirationMs: null, priority: null };
const withQueue: readonly Command[] = [
  { type: "declareQueue", queue },
  { type: "alterPublishes", clientId: "checkout", publishes },
  { type: "addReceiver", receiver: { name: "w1", queue: "orders-q", prefetchCount: 1, noAck: false, priority: 0, processing: { timeMs: 100 } } },
];

describe("the part for RabbitMQ comes when there is one", () => {
  it("in a world that runs already: what is asked for meanwhile waits behind it, in order", async () => {
    const page = new TestPage();
    await page.open({ kind: "document", document: orders, isForeign: false }, "memory", true);
    for (const command of withQueue) await page.ask({ type: "submit", command });
    const answers = (): readonly Answer[] => page.frames().flatMap((frame) => frame.answers).filter(({ type }) => type === "submitted");
    // The chunk comes in its own time.
    while (answers().length < withQueue.length) {
      await page.worker.pass(100);
      await page.take();
    }
    expect(answers()).toMatchObject(withQueue.map(() => ({ problem: null })));
    expect(page.worker.posted.some(({ type }) => type === "crashed")).toBe(false);
  });

  it("and in one that begins with it", async () => {
    const page = new TestPage();
    const producers = orders.producers.map((producer) => ({ ...producer, publishes }));
    const document = { ...orders, producers, amqp: { exchanges: [], queues: [queue], receivers: [] } };
    await page.open({ kind: "document", document, isForeign: false }, "memory", true);
    await page.worker.pass(3000);
    expect(page.worker.posted.some(({ type }) => type === "crashed" || type === "refused")).toBe(false);
    expect((await page.image()).clock.timeUs).toBeGreaterThan(2_000_000);
  });
});
