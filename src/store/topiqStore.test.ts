import { beforeAll, describe, expect, it } from "vitest";
import { fillKinds } from "../actions/entities/kindTable";
import { partitionSelection } from "../actions/entities/logSelection";
import { connectCommand, deleteCommands } from "../actions/entities/wiring";
import { userTopics } from "../actions/userTopics";
import type { Frame } from "../bridge/messages";
import { readStructure } from "../canvas/layout/sceneStructure";
import { diffImages } from "../core/picture/delta";
import type { ClusterImage, TimelineImage } from "../core/picture/image";
import { inverseOf } from "../core/world/command";
import { projectCluster } from "../core/picture/project";
import { missingNames, oddNames, oddlyNamedWorld, RECORDS_A_TOPIC } from "../core/world/testNames";
import { TestWorld } from "../core/world/testWorld";
import { lagSeries } from "../core/watch/lag";
import { entityKinds } from "../entities/entityKinds";
import { freshName } from "../entities/newNames";
import { lagData } from "../panels/charts/lagData";
import { deliveryTable } from "../panels/deliveryCheck/deliveryTable";
import { shownSelection } from "../panels/inspector/shownSelection";
import { loadPanels, panelNamed } from "../panels/kindPanels";
import { outline } from "../panels/outline/outlineModel";
import { applyFrame, useTopiq } from "./topiqStore";

/** A frame as it comes from the worker: as a copy. */
function frame(content: Partial<Frame>): Frame {
  const playback = { playing: true, speed: 1, speedReached: 1, timeUs: 0, journalLength: 0, oldestReachableUs: 0 };
  return structuredClone({ type: "frame", worldId: 1, image: null, delta: null, timeline: null, playback, answers: [], ...content });
}

function shown(): { readonly image: ClusterImage; readonly timeline: TimelineImage } {
  const { image, timeline } = useTopiq.getState();
  if (!image || !timeline) throw new Error("nothing is shown");
  return { image, timeline };
}

describe("names that look like numbers, and __proto__ and their like, in the page", () => {
  const { cluster } = oddlyNamedWorld();
  const image = projectCluster(cluster);

  beforeAll(async () => {
    fillKinds(entityKinds);
    await loadPanels();
    const empty = projectCluster(new TestWorld({ topics: [], producers: [] }).cluster);
    applyFrame(frame({ image: empty }));
    applyFrame(frame({ delta: diffImages(empty, image), timeline: { startUs: 0, endUs: cluster.nowUs, markers: [], lag: lagSeries(cluster.watch.lag) } }));
  });

  it("come in by a delta, in order of creation, and what does not change stays the same object", () => {
    const before = shown().image;
    for (const kind of ["producers", "groups", "consumers"] as const) expect([...before[kind].keys()]).toEqual(oddNames[kind]);
    expect(userTopics(before)).toEqual(oddNames.topics);
    const changed = new Map([["__proto__", { lag: 5 }]]);
    applyFrame(frame({ delta: { groups: { changed } } }));
    const after = shown().image;
    expect([...after.groups.keys()]).toEqual(oddNames.groups);
    expect(after.groups.get("__proto__")?.lag).toBe(5);
    expect(after.groups.get("10")).toBe(before.groups.get("10"));
    expect(after.consumers).toBe(before.consumers);
  });

  it("are inspected by their names, and a name that nobody has given shows what nothing selected shows", () => {
    const { image: now } = shown();
    for (const kind of ["topic", "producer", "group", "consumer"] as const) {
      for (const id of oddNames[`${kind}s`]) expect(shownSelection(now, [{ kind, id }])).toEqual({ kind, id });
      for (const id of missingNames) expect(shownSelection(now, [{ kind, id }])).toEqual(shownSelection(now, []));
    }
    expect(shownSelection(now, [])).toEqual(partitionSelection(oddNames.topics[0]!, 0));
    expect(shownSelection(now, [partitionSelection("__proto__", 1)])).toEqual(partitionSelection("__proto__", 1));
    expect(shownSelection(now, [partitionSelection("__proto__", 99)])).toEqual(shownSelection(now, []));
    expect(panelNamed("consumer")?.chartedGroups(now, "10")).toEqual(["10"]);
  });

  it("are drawn, listed, counted and charted in that order", () => {
    const { image: now, timeline } = shown();
    const structure = readStructure(now);
    expect([structure.topics.map(({ id }) => id), structure.groups.map(({ id }) => id)]).toEqual([oddNames.topics, oddNames.groups]);
    const [producers, topics, groups] = outline(now, { name: (_, id) => id, join: (names) => names.join() }).map(({ children }) => children.map(({ id }) => id));
    expect(producers).toEqual(oddNames.producers.map((id) => `producer:${id}`));
    expect(topics?.slice(0, -1)).toEqual(oddNames.topics.map((id) => `topic:${id}`));
    expect(groups).toEqual(oddNames.groups.map((id) => `group:${id}`));
    const table = deliveryTable(now, null, null);
    expect([table.topics, table.rows.find(({ name }) => name === "processed")?.figures]).toEqual([oddNames.topics, oddNames.groups.map(() => RECORDS_A_TOPIC * oddNames.topics.length)]);
    expect(lagData(now, timeline, [...(panelNamed("topic")?.chartedGroups(now, "") ?? []), ...missingNames], 0).lines.map(({ groupId }) => groupId)).toEqual(oddNames.groups);
  });

  it("are wired, deleted and changed back like any other", () => {
    const { image: now } = shown();
    expect(connectCommand(now, "producer:7", "topic:__proto__")).toBe("already");
    expect(connectCommand(now, "producer:toString", "topic:2")).toMatchObject({ topics: ["2"] });
    expect(deleteCommands(now, ["group:__proto__", "consumer:constructor"])).toEqual([
      { type: "removeConsumer", clientId: oddNames.consumers[oddNames.groups.indexOf("__proto__")], how: "close" },
      { type: "removeGroup", groupId: "__proto__" },
    ]);
    expect(inverseOf({ type: "alterGroup", groupId: "constructor", topics: [] }, cluster.topology)).toBeNull();
    expect(inverseOf({ type: "alterGroup", groupId: "2", configs: { toString: 1 } }, cluster.topology)).toMatchObject({ configs: { toString: null } });
    expect(freshName("", new Set(now.groups.keys()))).toBe("11");
  });
});
