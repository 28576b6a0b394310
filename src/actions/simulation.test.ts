import { beforeEach, describe, expect, it } from "vitest";
import type { Frame } from "../bridge/messages";
import { useTopiq } from "../store/topiqStore";
import { query, seek, seekSettled } from "./simulation";
import { type FakeWorker, startTestWorld } from "./testWorld";

let worker: FakeWorker;
beforeEach(() => {
  worker = startTestWorld();
});

const frame = (whole: boolean): Frame => {
  const { image, playback } = useTopiq.getState();
  if (!image || !playback) throw new Error("the test world is not there");
  return { type: "frame", worldId: 1, image: whole ? image : null, delta: null, timeline: null, playback };
};
const seeks = (): readonly number[] => worker.sent.flatMap((message) => (message.type === "seek" ? [message.timeUs] : []));

describe("seeking", () => {
  it("has one request on its way, then the last of those asked for meanwhile", () => {
    seek(1);
    seek(2);
    seek(3);
    expect(seeks()).toEqual([1]);
    worker.answer(frame(false));
    expect(seeks()).toEqual([1]);
    worker.answer(frame(true));
    expect(seeks()).toEqual([1, 3]);
    expect(seekSettled()).toBe(false);
    worker.answer(frame(true));
    expect(seekSettled()).toBe(true);
  });
});

describe("questions", () => {
  it("find their answers by number, in any order", async () => {
    const first = query({ kind: "image" });
    const second = query({ kind: "records", topic: "orders", partition: null, before: null, limit: 1, search: "" });
    const [one, two] = worker.sent.flatMap((message) => (message.type === "query" ? [message.requestId] : []));
    const { image } = useTopiq.getState();
    worker.answer({ type: "queried", worldId: 1, requestId: two ?? -1, result: { kind: "records", records: [], more: true } });
    worker.answer({ type: "queried", worldId: 1, requestId: one ?? -1, result: { kind: "image", image: image! } });
    expect((await first).image).toBe(image);
    expect((await second).more).toBe(true);
  });
});
