import { describe, expect, it } from "vitest";
import { fillKinds } from "../../actions/entities/kindTable";
import { entityKinds } from "../../entities/entityKinds";
import type { ClusterImage } from "../../core/picture/image";
import { loadPanels } from "../kindPanels";
import { outline, outlineMove, visibleLines } from "./outlineModel";

fillKinds(entityKinds);
await loadPanels();

// Only what the outline reads.
const image = {
  producers: new Map([["checkout", { spec: { clientId: "checkout", topics: ["orders"], source: { ratePerSecond: 2 } }, sent: 7 }]]),
  topics: new Map([
    ["orders", { name: "orders", internal: false, partitions: 2, recordCount: 7 }],
    ["__consumer_offsets", { name: "__consumer_offsets", internal: true, partitions: 50, recordCount: 3 }],
  ]),
  partitions: new Map([
    ["orders-0", { recordCount: 4, tracks: [{ groupId: "billing", waiting: 2 }, { groupId: "other", waiting: 9 }] }],
    ["orders-1", { recordCount: 3, tracks: [{ groupId: "billing", waiting: 1 }] }],
  ]),
  groups: new Map([["billing", { spec: { groupId: "billing", topics: ["orders"] }, waiting: 3, consumers: ["c1", "c2"] }]]),
  consumers: new Map([
    [
      "c1",
      {
        spec: { clientId: "c1", groupId: "billing" },
        phase: "active",
        assignment: [
          { topic: "orders", partition: 0, position: 0 },
          { topic: "orders", partition: 1, position: 0 },
        ],
      },
    ],
    ["c2", { spec: { clientId: "c2", groupId: "billing" }, phase: "idle", assignment: [] }],
  ]),
} as unknown as ClusterImage;
const figures = (id: string) => line(id)?.figures(image);
const items = outline(image, { name: (kind, id) => (kind === "consumer" ? id.toUpperCase() : id), join: (names) => names.join(" and ") });
const lines = visibleLines(items, new Set());
const line = (id: string) => lines.find((candidate) => candidate.item.id === id)?.item;

describe("outline", () => {
  it("has producers with their topics, topics with partitions and readers, groups with topics and consumers", () => {
    expect(lines.map(({ item, level }) => `${level} ${item.id}`)).toEqual([
      "1 producers",
      "2 producer:checkout",
      "3 producer:checkout>producer:checkout>topic:orders",
      "1 topics",
      "2 topic:orders",
      "3 topic:orders/0",
      "3 topic:orders/1",
      "3 topic:orders>topic:orders>group:billing",
      "2 topic:__consumer_offsets",
      "1 groups",
      "2 group:billing",
      "3 group:billing>topic:orders>group:billing",
      "3 consumer:c1",
      "3 consumer:c2",
    ]);
  });

  it("says what a consumer owns and what waits for it in its own group", () => {
    expect(line("consumer:c1")?.name).toBe("C1");
    expect(figures("consumer:c1")).toEqual([
      { key: "outline.owns", params: { partitions: "P0 and P1" } },
      { key: "figures.waiting", params: { count: 3 } },
    ]);
    expect(figures("consumer:c2")).toEqual([{ key: "consumer.phase.idle", params: {} }]);
  });

  it("leaves Kafka's own topics without commands", () => {
    expect(line("topic:__consumer_offsets")?.entity).toBeNull();
    expect(line("topic:orders")?.entity).toBe("topic:orders");
  });
});

describe("keys", () => {
  it("leave out what is inside a closed item", () => {
    const closed = new Set(["topics", "group:billing"]);
    expect(visibleLines(items, closed).map(({ item }) => item.id)).toEqual([
      "producers",
      "producer:checkout",
      "producer:checkout>producer:checkout>topic:orders",
      "topics",
      "groups",
      "group:billing",
    ]);
  });

  it("move, open and close as in any tree", () => {
    const none = new Set<string>();
    expect(outlineMove(lines, "producers", none, "ArrowDown")).toEqual({ kind: "focus", id: "producer:checkout" });
    expect(outlineMove(lines, "producers", none, "ArrowUp")).toBeNull();
    expect(outlineMove(lines, "producers", none, "ArrowLeft")).toEqual({ kind: "close", id: "producers" });
    expect(outlineMove(lines, "producers", new Set(["producers"]), "ArrowRight")).toEqual({ kind: "open", id: "producers" });
    expect(outlineMove(lines, "consumer:c2", none, "ArrowLeft")).toEqual({ kind: "focus", id: "group:billing" });
    expect(outlineMove(lines, "consumer:c2", none, "ArrowRight")).toBeNull();
    expect(outlineMove(lines, "topics", none, "End")).toEqual({ kind: "focus", id: "consumer:c2" });
    expect(outlineMove(lines, "topics", none, "x")).toBeNull();
  });
});
