import { describe, expect, it } from "vitest";
import type { AuditImage, ClusterImage } from "../../core/picture/image";
import { deliveryTable } from "./deliveryTable";

const audit = (groupId: string, topic: string, change: Partial<AuditImage> = {}): AuditImage => ({
  groupId,
  topic,
  acknowledged: 10,
  unconfirmed: 0,
  processed: 7,
  setAside: 0,
  waiting: 3,
  again: 0,
  lost: 0,
  twice: 0,
  outOfOrder: 0,
  beforeStart: 0,
  ...change,
});

function image(audits: readonly AuditImage[], isPositioned = true): ClusterImage {
  // Only what the table reads.
  return {
    topics: new Map([["orders", {}], ["payments", {}]]),
    groups: new Map(["billing", "analytics"].map((groupId, letter) => [groupId, { spec: { groupId }, letter, isPositioned }] as const).reverse()),
    audit: new Map(audits.map((one) => [`${one.groupId}/${one.topic}`, one])),
  } as unknown as ClusterImage;
}

describe("deliveryTable", () => {
  const both = image([audit("analytics", "orders"), audit("billing", "orders", { twice: 2 }), audit("billing", "payments"), audit("gone", "orders")]);

  it("has a column per group in the order of letters, and leaves out a group that no longer exists", () => {
    const table = deliveryTable(both, "orders", null);
    expect(table.groups.map((group) => group.spec.groupId)).toEqual(["billing", "analytics"]);
    expect(table.rows.find((row) => row.name === "twice")).toEqual({ name: "twice", figures: [2, 0], fault: true });
  });

  it("has no figures of a group that has not begun", () => {
    const { rows, sent } = deliveryTable(image([audit("analytics", "orders", { acknowledged: 0 }), audit("billing", "orders")], false), "orders", null);
    expect([...rows, ...sent].flatMap(({ figures }) => figures).every((figure) => figure === null)).toBe(true);
  });

  it("adds up the topics", () => {
    const table = deliveryTable(both, null, "billing");
    expect(table.topics).toEqual(["orders", "payments"]);
    expect(table.rows[0]).toEqual({ name: "acknowledged", figures: [20], fault: false });
  });

  it("has what the producers know once, where all groups agree on it", () => {
    const { sent, rows } = deliveryTable(both, "orders", null);
    expect(sent.map(({ name, figures }) => [name, figures])).toEqual([["acknowledged", [10]], ["unconfirmed", [0]]]);
    expect(rows[0]?.name).toBe("processed");
    const late = deliveryTable(image([audit("analytics", "orders", { acknowledged: 4 }), audit("billing", "orders")]), "orders", null);
    expect(late.sent.map(({ name }) => name)).toEqual(["unconfirmed"]);
    expect(late.rows[0]).toEqual({ name: "acknowledged", figures: [10, 4], fault: false });
  });

  it("tells of records before the subscription only when there are any", () => {
    expect(deliveryTable(both, "orders", null).rows.map((row) => row.name)).not.toContain("beforeStart");
    expect(deliveryTable(image([audit("billing", "orders", { again: 2 })]), "orders", null).rows).toContainEqual({ name: "again", figures: [2], fault: false });
    const late = image([audit("billing", "orders", { beforeStart: 4 })]);
    expect(deliveryTable(late, "orders", null).rows.at(-1)).toEqual({ name: "beforeStart", figures: [4], fault: false });
  });
});
