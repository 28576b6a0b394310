import { describe, expect, it } from "vitest";
import { applyDelta } from "../../store/readModel";
import { idsOf } from "../check/checkpointInvariants";
import { copyCluster } from "./cluster";
import { diffImages } from "../picture/delta";
import type { ClusterImage } from "../picture/image";
import { imageDigest } from "../picture/imageDigest";
import { imageJson } from "../picture/imageJson";
import { projectCluster } from "../picture/project";
import { missingNames, oddNames, oddlyNamedWorld, RECORDS_A_TOPIC } from "./testNames";
import { TestWorld } from "./testWorld";
import { lagSeries } from "../watch/lag";

const named = ["topics", "producers", "groups", "consumers"] as const;

describe("IMG-7 names that look like numbers, and __proto__ and their like, are names, in order of creation", () => {
  const world = oddlyNamedWorld();
  const image = projectCluster(world.cluster);

  it("in an image", () => {
    expect([...image.topics.keys()]).toEqual([...oddNames.topics, "__consumer_offsets"]);
    expect([...image.partitions.keys()].slice(0, 8)).toEqual(oddNames.topics.flatMap((topic) => [`${topic}-0`, `${topic}-1`]));
    for (const kind of ["producers", "groups", "consumers"] as const) expect([...image[kind].keys()]).toEqual(oddNames[kind]);
    expect([...image.audit.keys()]).toEqual(oddNames.groups.flatMap((groupId) => oddNames.topics.map((topic) => `${groupId}/${topic}`)));
    oddNames.groups.forEach((groupId, index) => {
      expect(image.groups.get(groupId)).toMatchObject({ spec: { groupId }, letter: index, state: "Stable", consumers: [oddNames.consumers[index]] });
      expect(image.consumers.get(oddNames.consumers[index] ?? "")).toMatchObject({ phase: "active", spec: { groupId } });
    });
  });

  it("and nothing is found by a name that nobody has given", () => {
    for (const kind of named) for (const name of missingNames) expect(image[kind].get(name)).toBeUndefined();
    expect(image.groups.get("constructor")).toBeUndefined();
    expect(image.topics.get("valueOf")).toBeUndefined();
    const unknown = new TestWorld();
    for (const groupId of ["toString", "__proto__"]) expect(() => unknown.give({ type: "removeGroup", groupId })).toThrow("unknownGroup");
  });

  it("in the delivery check, per group and topic", () => {
    for (const groupId of oddNames.groups) {
      const audits = oddNames.topics.map((topic) => world.audit(groupId, topic));
      const counts = audits.map(({ acknowledged, processed, waiting, lost, twice }) => [acknowledged, processed, waiting, lost, twice]);
      expect(counts).toEqual(audits.map(() => [RECORDS_A_TOPIC, RECORDS_A_TOPIC, 0, 0, 0]));
      expect(image.groups.get(groupId)?.processed).toBe(RECORDS_A_TOPIC * audits.length);
    }
  });

  it("in the lag over time", () => {
    const { timesUs, groups } = lagSeries(world.cluster.watch.lag);
    expect([...groups.keys()]).toEqual(oddNames.groups);
    for (const groupId of oddNames.groups) expect(groups.get(groupId)).toHaveLength(timesUs.length);
    for (const name of missingNames) expect(groups.get(name)).toBeUndefined();
  });

  it("in deltas, when each comes, changes, goes, and comes again", () => {
    const growing = new TestWorld({ topics: [], producers: [] });
    const images: ClusterImage[] = [projectCluster(growing.cluster)];
    for (const groupId of oddNames.groups) {
      growing.give({ type: "addGroup", group: { groupId, topics: [], configs: {} } });
      images.push(projectCluster(growing.cluster));
    }
    for (const groupId of [...oddNames.groups].reverse()) {
      growing.give({ type: "removeGroup", groupId });
      if (groupId !== "10") growing.give({ type: "addGroup", group: { groupId, topics: [], configs: { "max.poll.records": 1 } } });
      images.push(projectCluster(growing.cluster));
    }
    let page = structuredClone(images[0] as ClusterImage); // there is the one of the beginning
    for (const next of [...images, image, ...images]) {
      page = applyDelta(page, structuredClone(diffImages(page, next)));
      expect(page).toEqual(next);
      expect(idsOf(page)).toEqual(idsOf(next));
    }
    expect([...page.groups.keys()]).toEqual(["valueOf", "2", "__proto__", "toString"]);
  });

  it("in a copy of the world, and in JSON, which has the image's digest", () => {
    expect(idsOf(projectCluster(copyCluster(world.cluster)))).toEqual(idsOf(image));
    const json = imageJson(image);
    for (const kind of named) for (const name of oddNames[kind]) expect(Object.hasOwn(json[kind], name)).toBe(true);
    const read = JSON.parse(JSON.stringify(json)) as typeof json; // plain data comes back as it was
    expect(Object.entries(read.groups).find(([groupId]) => groupId === "__proto__")?.[1]).toEqual(image.groups.get("__proto__"));
    expect([imageDigest(json), imageDigest(read)]).toEqual([imageDigest(image), imageDigest(image)]);
  });
});
