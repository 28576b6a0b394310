import { describe, expect, it } from "vitest";
import { measureByTurns, reasonOf, turnOrder } from "./turns";

const sides = [{ name: "here" }, { name: "there" }];

describe("measuring by turns", () => {
  it("lets every second turn go the other way round", () => {
    expect(turnOrder(2, 5)).toEqual([[0, 1], [1, 0], [0, 1], [1, 0], [0, 1]]);
    expect(turnOrder(1, 2)).toEqual([[0], [0]]);
  });

  it("measures each side five times, one at a time", async () => {
    const order: number[] = [];
    const outcomes = await measureByTurns(sides, async (at) => ({ rate: order.push(at) }));
    expect(order).toEqual([0, 1, 1, 0, 0, 1, 1, 0, 0, 1]);
    expect(outcomes).toEqual([
      { name: "here", values: new Map([["rate", [1, 4, 5, 8, 9]]]), cannot: null },
      { name: "there", values: new Map([["rate", [2, 3, 6, 7, 10]]]), cannot: null },
    ]);
  });

  it("asks a side that fails no more, and goes on with the other", async () => {
    let asked = 0;
    const measure = async (at: number): Promise<{ rate: number }> => {
      if (at === 1 && ++asked === 2) throw new Error("page.evaluate: Error: no such row\n    at the page");
      return { rate: 1 };
    };
    const [here, there] = await measureByTurns(sides, measure, { turns: 3 });
    expect(here?.values.get("rate")).toEqual([1, 1, 1]);
    expect(there).toEqual({ name: "there", values: new Map(), cannot: "no such row" });
    expect(asked).toBe(2);
  });

  it("leaves out what a side does not have, and what is no number", async () => {
    const [here] = await measureByTurns(sides.slice(0, 1), async () => ({ rate: 1, heap: undefined, ratio: Number.NaN }), { turns: 1 });
    expect([...(here?.values.keys() ?? [])]).toEqual(["rate"]);
  });

  it("ends before the next measurement when it is interrupted", async () => {
    const interruption = new AbortController();
    let measured = 0;
    const run = measureByTurns(
      sides,
      async () => {
        measured++;
        interruption.abort(new Error("interrupted"));
        throw new Error("the browser has gone");
      },
      { signal: interruption.signal },
    );
    await expect(run).rejects.toThrow("interrupted");
    expect(measured).toBe(1);
  });

  it("tells a failure in one line, without the programs that it came through", () => {
    expect(reasonOf(new Error("\npage.evaluate: TypeError: topiq.copy is no function\n    at eval"))).toBe("topiq.copy is no function");
    expect(reasonOf("Timeout 30000ms exceeded.")).toBe("Timeout 30000ms exceeded.");
    expect(reasonOf(new Error(""))).toBe("it says nothing about it");
  });
});
