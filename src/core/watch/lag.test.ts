import { describe, expect, it } from "vitest";
import { lagSamples, lagSeries, sampleLag } from "./lag";
import { keyColour, numberKey } from "./keys";

describe("IMG-5 lag over time", () => {
  it("given a group that comes later and one that goes, then there is null where it was not", () => {
    const samples = lagSamples();
    sampleLag(samples, 0, new Map([["a", 1]]));
    sampleLag(samples, 10, new Map([["a", 2], ["b", 5]]));
    sampleLag(samples, 20, new Map([["b", 6]]));
    expect(lagSeries(samples)).toEqual({ timesUs: [0, 10, 20], groups: new Map([["a", [1, 2, null]], ["b", [null, 5, 6]]]) });
  });

  it("given more samples than fit, then every second goes and the interval doubles", () => {
    const samples = lagSamples();
    for (let sample = 0; sample < 1201; sample++) sampleLag(samples, sample, new Map([["a", sample]]));
    const { timesUs, groups } = lagSeries(samples);
    expect([timesUs.length, timesUs.slice(0, 3), timesUs.at(-1), samples.intervalUs]).toEqual([601, [0, 2, 4], 1200, 1_000_000]);
    expect(groups.get("a")).toEqual(timesUs);
  });
});

describe("IMG-6 colours", () => {
  it("follow the order in which keys first appeared, eight in turn; no key has none", () => {
    const keys = new Map<string, number>();
    expect(Array.from({ length: 10 }, (_, index) => numberKey(keys, `k${index}`))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(["k0", "k8", "k9", null].map((key) => keyColour(keys, key))).toEqual([0, 0, 1, -1]);
    expect(numberKey(keys, "k3")).toBe(3);
    expect(keyColour(keys, "new")).toBe(10 % 8);
  });
});
