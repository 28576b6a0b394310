import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { logsOfSeed } from "./simulation";

/** What 200 random worlds stored, by seed. Written once: whoever changes it says why in the same commit. */
const stored = JSON.parse(readFileSync(new URL("./storedLogs.json", import.meta.url), "utf8")) as Readonly<Record<string, string>>;

describe("SIM-11 random worlds store what they stored", () => {
  it.each(Object.keys(stored))("seed %s", (seed) => expect(logsOfSeed(Number(seed))).toBe(stored[seed]));
});
