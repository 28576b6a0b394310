import { describe, expect, it } from "vitest";
import { arrivalUs, cut, heal, isLost, loseMessages, network, reset, wasReset } from "./network";

describe("SIM-3 the network", () => {
  it("given jitter, then a connection keeps its order, and each message takes the latency and at most the jitter more", () => {
    const net = network(1, 1000, 500);
    let last = 0;
    const delays = new Set<number>();
    for (let nowUs = 0; nowUs < 200_000; nowUs += 50) {
      const arrival = arrivalUs(net, nowUs, 3, 1, 0);
      expect(arrival).toBeGreaterThanOrEqual(last);
      expect(arrival).toBeGreaterThanOrEqual(nowUs + 1000);
      expect(arrival).toBeLessThanOrEqual(nowUs + 1500);
      delays.add(arrival - nowUs);
      last = arrival;
    }
    expect(delays.size).toBeGreaterThan(50);
  });

  it("given other connections and the way back, then none of them waits for the others or changes their chance", () => {
    const alone = network(1, 1000, 500);
    const busy = network(1, 1000, 500);
    for (let nowUs = 0; nowUs < 5000; nowUs += 100) {
      for (const [from, to, connection] of [[1, 3, 0], [3, 1, 1], [4, 1, 0]] as const) arrivalUs(busy, nowUs, from, to, connection);
      expect(arrivalUs(busy, nowUs, 3, 1, 0)).toBe(arrivalUs(alone, nowUs, 3, 1, 0));
    }
  });

  it("nothing arrives in the instant it is sent, so that no two actors can keep each other busy for ever at one moment", () => {
    expect(arrivalUs(network(1, 0, 0), 7, 3, 1, 0)).toBe(8);
  });
});

describe("NET-9 the network fails only when it is asked to", () => {
  it("given nobody asked, then nothing is lost, and nothing drawn from chance", () => {
    const net = network(1, 1000, 0);
    for (let nowUs = 0; nowUs < 1000; nowUs++) expect(isLost(net, nowUs, 3, 1, 0)).toBe(false);
    expect([wasReset(net, { id: 1, from: 3, to: 1, connection: 0 }), heal(net), net.faults]).toEqual([false, [], null]);
  });

  it("given a cut or a reset, then no chance is drawn either; given losses, the links' own chance stays what it was", () => {
    const [well, ill] = [network(1, 1000, 500), network(1, 1000, 500)];
    cut(ill, 3, 1, 500);
    reset(ill, 3, 1, 0, 5);
    const before = { ...ill.faults!.random };
    for (let nowUs = 0; nowUs < 1000; nowUs += 10) isLost(ill, nowUs, 3, 1, 0);
    expect(ill.faults?.random).toEqual(before);
    loseMessages(ill, 500);
    for (let nowUs = 0; nowUs < 5000; nowUs += 100) {
      isLost(ill, nowUs, 3, 1, 0);
      expect(arrivalUs(ill, nowUs, 3, 1, 0)).toBe(arrivalUs(well, nowUs, 3, 1, 0));
    }
    expect(ill.faults?.random).not.toEqual(before);
  });

  it("given a cut, then nothing comes through between the two, either way, and nobody else is concerned", () => {
    const net = network(1, 1000, 0);
    cut(net, 3, 1, 500);
    expect([isLost(net, 499, 3, 1, 0), isLost(net, 499, 1, 3, 1), isLost(net, 499, 4, 1, 0)]).toEqual([true, true, false]);
  });

  it("given a connection that has lost a message, then nothing else comes through on it until it is closed, for TCP keeps the order", () => {
    const net = network(1, 1000, 0);
    cut(net, 3, 1, 500);
    isLost(net, 499, 3, 1, 0);
    expect([isLost(net, 500, 3, 1, 0), isLost(net, 500, 1, 3, 0), isLost(net, 500, 3, 1, 1)]).toEqual([true, true, false]);
    reset(net, 1, 3, 0, 7);
    expect(isLost(net, 501, 3, 1, 0)).toBe(false);
  });

  it("given losses, then about so many of a thousand connections lose their next message, the same ones again under the same seed", () => {
    const lostOf = (seed: number): number[] => {
      const net = network(seed, 1000, 0);
      loseMessages(net, 200);
      return Array.from({ length: 1000 }, (_, at) => at).filter((at) => isLost(net, 0, 10 + at, 1, 0));
    };
    expect(lostOf(1)).toEqual(lostOf(1));
    expect(lostOf(1)).not.toEqual(lostOf(2));
    expect(Math.abs(lostOf(1).length - 200)).toBeLessThan(50);
  });

  it("given a reset, then what was under way on that connection reaches nobody, either way; what comes later does, on a new one", () => {
    const net = network(1, 1000, 0);
    reset(net, 3, 1, 0, 7);
    const arrives = (id: number, from: number, to: number, connection: number): boolean => !wasReset(net, { id, from, to, connection });
    expect([arrives(7, 3, 1, 0), arrives(6, 1, 3, 0), arrives(8, 3, 1, 0), arrives(7, 3, 1, 1), arrives(7, 4, 1, 0)]).toEqual([false, false, true, true, true]);
  });

  it("given it is well again, then it loses no more, and says which connections somebody has to close", () => {
    const net = network(1, 1000, 0);
    cut(net, 3, 1, 1000);
    loseMessages(net, 1000);
    isLost(net, 0, 3, 1, 1);
    isLost(net, 0, 4, 1, 0);
    expect(heal(net)).toEqual([[1, 3, 1], [1, 4, 0]]);
    expect([isLost(net, 1, 3, 1, 0), isLost(net, 1, 3, 1, 1)]).toEqual([false, true]);
  });
});
