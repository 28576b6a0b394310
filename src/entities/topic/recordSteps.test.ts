import { describe, expect, it } from "vitest";
import type { AuditImage, ClusterImage, PartitionImage, TrackImage } from "../../core/picture/image";
import { recordSteps } from "./recordSteps";

const track: TrackImage = { groupId: "billing", nextOffset: 10, committedOffset: 8, waiting: 0, lag: 0, owner: "c1" };
// Only what the steps are read from.
const log = { topic: "orders", partition: 0 } as unknown as PartitionImage;

function image(audit: Partial<AuditImage> = {}): ClusterImage {
  const c1 = {
    spec: { clientId: "c1", groupId: "billing" },
    assignment: [{ ...log, position: 14 }],
    inWork: { ...log, offset: 10, startUs: 31_000_000 },
    pooled: [{ ...log, offset: 12, startUs: 32_000_000 }],
  };
  return { consumers: new Map([["c1", c1]]), audit: new Map([["billing/orders", { beforeStart: 0, lost: 0, ...audit }]]) } as unknown as ClusterImage;
}

function steps(offset: number, group: Partial<TrackImage> = {}, world: ClusterImage = image()): readonly string[] {
  return recordSteps(world, log, { ...track, ...group }, offset).map(({ word, params, state, consumer }) =>
    [state, word, ...Object.values(params ?? {}), ...(consumer === undefined ? [] : [consumer])].join(" "),
  );
}

describe("recordSteps", () => {
  it("tells of a record behind the group's place whether it is committed too", () => {
    expect(steps(7)).toEqual(["done record.fetched", "done canvas.processed", "done term.committed"]);
    expect(steps(8)).toEqual(["done record.fetched", "done canvas.processed", "later record.uncommitted"]);
  });

  it("tells who has a record that is in work, or fetched and waiting", () => {
    expect(steps(10)).toEqual(["done record.fetched c1", "now record.inWork 00:31.0", "later record.uncommitted"]);
    expect(steps(12)).toEqual(["done record.fetched c1", "now record.inWork 00:32.0", "later record.uncommitted"]);
    expect(steps(13)).toEqual(["done record.fetched c1", "now record.turn", "later record.uncommitted"]);
  });

  it("counts what is before a record that nobody has fetched", () => {
    expect(steps(14)).toEqual(["later record.waiting 4"]);
    expect(steps(14, { owner: null })).toEqual(["later record.waiting 4"]);
    expect(steps(7, { nextOffset: -1, committedOffset: -1, owner: null })).toEqual(["later record.unread"]);
  });

  it("does not call processed what the group may have passed over", () => {
    expect(steps(7, {}, image({ beforeStart: 3 }))).toEqual(["done record.skipped", "done term.committed"]);
    expect(steps(7, {}, image({ lost: 1 }))).toEqual(["done record.skipped", "done term.committed"]);
  });
});
