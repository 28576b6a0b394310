import { act, Profiler, type ReactNode } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fillKinds } from "../../actions/entities/kindTable";
import { partitionSelection } from "../../actions/entities/logSelection";
import { connectSimulation } from "../../actions/simulation";
import type { Frame } from "../../bridge/messages";
import { diffImages } from "../../core/picture/delta";
import type { ClusterImage } from "../../core/picture/image";
import { projectCluster } from "../../core/picture/project";
import { oddlyNamedWorld } from "../../core/world/testNames";
import { entityKinds } from "../../entities/entityKinds";
import { loadWords } from "../../i18n/t";
import { applyFrame, select, type Selection, setView, useTopiq } from "../../store/topiqStore";
import { installTestDom, newTestElement } from "../../ui/testDom";
import { loadPanels } from "../kindPanels";
import { Outline } from "../outline/Outline";
import { Inspector } from "./Inspector";

const FRAMES = 10;

const first = projectCluster(oddlyNamedWorld().cluster);
const [producer = "", other = ""] = first.producers.keys();
const [topic = "", otherTopic = ""] = first.topics.keys();
const [group = "", otherGroup = ""] = first.groups.keys();
const consumer = first.groups.get(group)?.consumers[0] ?? "";
const otherConsumer = first.groups.get(otherGroup)?.consumers[0] ?? "";

let image: ClusterImage;
let renders: number;
let root: Root;
let removeTestDom: () => void;

beforeAll(async () => {
  removeTestDom = installTestDom();
  fillKinds(entityKinds);
  // Nobody answers what is asked: the records stay away.
  connectSimulation({ postMessage: () => undefined, onmessage: null }, "memory", () => undefined);
  await Promise.all([loadPanels(), loadWords("panels", "problems")]);
});

afterAll(() => {
  select([]);
  setView({ inspectorTab: "records" });
  useTopiq.setState({ image: null });
  removeTestDom();
});

beforeEach(() => {
  image = first;
  renders = 0;
  frame({ image: first });
  root = createRoot(newTestElement());
});

afterEach(() => act(() => root.unmount()));

/** A frame as it comes from the worker: as a copy. */
function frame(content: Partial<Frame>): void {
  const playback = { playing: true, speed: 1, speedReached: 1, timeUs: 0, journalLength: 0, oldestReachableUs: 0 };
  applyFrame(structuredClone({ type: "frame", worldId: 1, image: null, delta: null, timeline: null, playback, answers: [], ...content }));
}

/** Changes the picture with every frame, the clock as well, and counts what is drawn because of it. */
async function rendersOver(change: (now: ClusterImage, at: number) => Partial<ClusterImage>): Promise<number> {
  const before = renders;
  for (let at = 1; at <= FRAMES; at += 1) {
    const next: ClusterImage = { ...image, ...change(image, at), clock: { ...image.clock, timeUs: image.clock.timeUs + 100_000 } };
    await act(() => frame({ delta: diffImages(image, next) }));
    image = next;
  }
  return renders - before;
}

async function draw(drawn: ReactNode, inspectorTab = "records", ...selection: readonly Selection[]): Promise<void> {
  const counted = (
    <Profiler id="drawn" onRender={() => (renders += 1)}>
      {drawn}
    </Profiler>
  );
  await act(() => {
    select(selection);
    setView({ inspectorTab });
    root.render(counted);
  });
  expect(renders).toBeGreaterThan(0);
}

function withOne<Entity>(all: ReadonlyMap<string, Entity>, id: string, change: (entity: Entity) => Entity): ReadonlyMap<string, Entity> {
  return new Map([...all].map(([name, entity]) => [name, name === id ? change(entity) : entity]));
}

const sends = (id: string) => (now: ClusterImage) => ({ producers: withOne(now.producers, id, (one) => ({ ...one, sent: one.sent + 1 })) });
const processes = (id: string) => (now: ClusterImage) => ({ consumers: withOne(now.consumers, id, (one) => ({ ...one, processed: one.processed + 1 })) });
const rebalances = (id: string) => (now: ClusterImage) => ({ groups: withOne(now.groups, id, (one) => ({ ...one, rebalances: one.rebalances + 1 })) });
const grows = (id: string) => (now: ClusterImage) => ({ topics: withOne(now.topics, id, (one) => ({ ...one, recordCount: one.recordCount + 1 })) });

describe("the inspector draws nothing for a frame in which what it shows did not change", () => {
  const cases: readonly (readonly [string, Selection, (now: ClusterImage) => Partial<ClusterImage>, (now: ClusterImage) => Partial<ClusterImage>])[] = [
    ["a producer", { kind: "producer", id: producer }, sends(other), sends(producer)],
    ["a topic", { kind: "topic", id: topic }, grows(otherTopic), grows(topic)],
    ["a group", { kind: "group", id: group }, rebalances(otherGroup), rebalances(group)],
    ["a consumer", { kind: "consumer", id: consumer }, processes(otherConsumer), processes(consumer)],
  ];

  it.each(cases)("%s", async (_, selection, others, own) => {
    for (const tab of ["figures", "settings"]) {
      await draw(<Inspector />, tab, selection);
      expect(await rendersOver(others)).toBe(0);
    }
    await draw(<Inspector />, "figures", selection);
    expect(await rendersOver(own)).toBeGreaterThan(0);
  });

  it("a partition, its records and why they are there", async () => {
    await draw(<Inspector />, "records", partitionSelection(topic, 0));
    expect(await rendersOver(grows(otherTopic))).toBe(0);
    expect(await rendersOver(processes(otherConsumer))).toBe(0);
  });
});

describe("the outline draws", () => {
  it("nothing while only the clock goes on, and a figure where one changed", async () => {
    await draw(<Outline takesFocus={false} />);
    expect(await rendersOver(() => ({}))).toBe(0);
    expect(await rendersOver(rebalances(group))).toBe(0);
    expect(await rendersOver(sends(producer))).toBe(FRAMES);
  });
});
