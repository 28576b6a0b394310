import { describe, expect, it } from "vitest";
import { configRows, parseConfig } from "./configRows";

describe("configRows", () => {
  const rows = configRows("producer", { "linger.ms": 100, retries: 3, acks: "all" }, ["acks", "linger.ms"]);

  it("puts the primary settings first, in the asked order, and tells the changed ones from the rest", () => {
    expect(rows.primary.map((row) => row.definition.name)).toEqual(["acks", "linger.ms"]);
    expect(rows.changed.map((row) => row.definition.name)).toEqual(["retries"]);
    expect(rows.rest.map((row) => row.definition.name)).not.toContain("retries");
  });

  it("calls changed what is not Kafka's default, and gives the default beside it", () => {
    expect(rows.primary.map((row) => [row.text, row.defaultText, row.changed])).toEqual([
      ["all", "all", false],
      ["100", "5", true],
    ]);
  });

  it("leaves out what has nothing to choose from", () => {
    expect(rows.rest.map((row) => row.definition.name)).not.toContain("partitioner.class");
  });

  it("leaves out what is set elsewhere", () => {
    expect(configRows("consumer", {}, [], ["enable.auto.commit"]).rest.map((row) => row.definition.name)).not.toContain("enable.auto.commit");
  });
});

describe("parseConfig", () => {
  it("gives only what changes", () => {
    expect(parseConfig("producer", { acks: "1" }, "linger.ms", "20")).toEqual({ ok: true, value: { "linger.ms": 20 } });
  });

  it("sets back what is given its default, and what is reset", () => {
    expect(parseConfig("producer", { "linger.ms": 20 }, "linger.ms", "5")).toEqual({ ok: true, value: { "linger.ms": null } });
    expect(parseConfig("producer", { acks: "1" }, "acks", "-1")).toEqual({ ok: true, value: { acks: null } });
    expect(parseConfig("producer", { "linger.ms": 20 }, "linger.ms", null)).toEqual({ ok: true, value: { "linger.ms": null } });
  });

  it("says what is allowed", () => {
    expect(parseConfig("consumer", {}, "max.poll.records", "0")).toEqual({
      ok: false,
      problem: { key: "settings.problem.min", params: { name: "max.poll.records", min: 1 } },
    });
    expect(parseConfig("consumer", {}, "auto.offset.reset", "newest")).toEqual({
      ok: false,
      problem: { key: "settings.problem.choice", params: { name: "auto.offset.reset", choices: "latest, earliest, none" } },
    });
    expect(parseConfig("consumer", {}, "max.poll.records", "ten")).toMatchObject({ ok: false, problem: { key: "settings.problem.whole" } });
  });

  it("names the other setting that the new value contradicts", () => {
    expect(parseConfig("consumer", {}, "session.timeout.ms", "2000")).toEqual({
      ok: false,
      problem: { key: "settings.problem.otherMax", params: { name: "heartbeat.interval.ms", max: 1999 } },
    });
  });
});
