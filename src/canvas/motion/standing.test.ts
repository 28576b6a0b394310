import { expect, it } from "vitest";
import type { MessageImage } from "../../core/picture/messageImage";
import type { Wire } from "../wires/wire";
import { standingRecords } from "./standing";

const wire = (topic: string): Wire => ({
  id: `shop to ${topic}`,
  kind: "produce",
  client: { kind: "producer", id: "shop" },
  actor: 5,
  group: null,
  letter: null,
  topic,
  topicIndex: 0,
  partition: 0,
  points: [0, 0, 10, 20, 30, 20],
});

const message = (id: number, broker: number | null, topic: string, colours: readonly number[]): MessageImage => ({
  id,
  api: broker === null ? "basic.publish" : "Produce",
  kind: "request",
  client: "shop",
  broker,
  sentUs: 0,
  arriveUs: 1,
  parts: [{ topic, partition: 0, offset: 7, count: colours.length, colours }],
});

it("IMG-10 where nothing can move, records stand in the middle of their wires, and messages of AMQP as beads", () => {
  const wires = [wire("orders"), wire("exchange:orders")];
  const records = standingRecords([message(1, 1, "orders", [3, 4]), message(2, null, "exchange:orders", [-1]), message(3, null, "exchange:orders", []), message(4, null, "queue:orders", [1])], wires);
  expect(records).toEqual([
    { id: "1 shop to orders", x: 10, y: 20, colour: 3, isBead: false },
    { id: "2 shop to exchange:orders", x: 10, y: 20, colour: -1, isBead: true },
  ]);
});
