import { describe, expect, it } from "vitest";
import { partitionsText } from "./partitionsText";

const topic = { isMissing: false, isGoing: false, partitions: 4, asked: 4 };

describe("how many partitions a topic has", () => {
  it("says the number alone where nothing else is asked for", () => {
    expect(partitionsText(topic)).toBe("4 partitions");
    expect(partitionsText({ ...topic, partitions: 1, asked: 1 })).toBe("1 partition");
  });

  it("says what is asked for, be it more or, for a topic that is made again, less", () => {
    expect(partitionsText({ ...topic, asked: 6 })).toBe("4 partitions, 6 asked for");
    expect(partitionsText({ ...topic, asked: 2 })).toBe("4 partitions, 2 asked for");
  });

  it("says that it is to come or to go", () => {
    expect(partitionsText({ ...topic, partitions: 0 })).toBe("being created");
    expect(partitionsText({ ...topic, isMissing: true, isGoing: true })).toBe("being deleted");
    expect(partitionsText({ ...topic, isMissing: true })).toBe("missing");
  });
});
