import { describe, expect, it } from "vitest";
import { beginHistory } from "../../../history/begin";
import { give } from "../../../history/give";
import type { History } from "../../../history/history";
import { advance, finish, windTo } from "../../../history/winding";
import type { QueueSpec } from "../../../queue/clients/declarations";
import { clone } from "../../../sim/clone";
import type { Cluster } from "../../../world/cluster";
import type { Command } from "../../../world/command";
import { addQueuePart } from "../../../world/queuePart";
import { projectCluster } from "../../project";

addQueuePart();

const queue = (name: string): QueueSpec => ({ name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings: [] });
const topic = (name: string): Command => ({ type: "createTopic", topic: { name, partitions: 1, configs: {} } });

/** A world whose topic, queue and exchange have one name. */
function begun(): History {
  return beginHistory({
    seed: 1,
    network: { latencyMs: 1, jitterMs: 0 },
    brokerConfigs: {},
    topics: [{ name: "orders", partitions: 1, configs: {} }],
    producers: [],
    groups: [],
    consumers: [],
    amqp: { exchanges: [{ name: "orders", type: "fanout", durable: true }], queues: [queue("orders")], receivers: [] },
  });
}

function does(history: History, ...commands: readonly Command[]): void {
  for (const command of commands) {
    expect(give(history, command).problem).toBeNull();
    advance(history, history.cluster.nowUs + 1_000_000);
  }
}

/** What each topic, queue and exchange of the picture is numbered. */
function indexes(cluster: Cluster): Record<string, number> {
  const { topics, queues, exchanges } = projectCluster(cluster);
  const named = [
    ...Array.from(topics, ([name, { index }]) => [`topic ${name}`, index] as const),
    ...Array.from(queues, ([name, { index }]) => [`queue ${name}`, index] as const),
    ...Array.from(exchanges, ([name, { index }]) => [`exchange ${name}`, index] as const),
  ];
  // Internal topics are on no wire, and have none.
  return Object.fromEntries(named.filter(([name]) => !name.startsWith("topic __")));
}

describe("IMG-11 topics, queues and exchanges are numbered together", () => {
  it("given some of one name, also later ones, then each has a number of its own", () => {
    const history = begun();
    does(history, topic("late"), { type: "declareQueue", queue: queue("late") }, { type: "declareExchange", exchange: { name: "late", type: "direct", durable: true } });
    const numbers = Object.values(indexes(history.cluster));
    expect(numbers).toHaveLength(6);
    expect(numbers.toSorted((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it("given one that is gone and made again, then it has another number, that none has had", () => {
    const history = begun();
    const before = indexes(history.cluster);
    does(history, { type: "deleteQueue", queue: "orders" }, { type: "declareQueue", queue: queue("orders") }, { type: "deleteExchange", exchange: "orders" }, { type: "declareExchange", exchange: { name: "orders", type: "fanout", durable: true } }, topic("late"));
    const now = indexes(history.cluster);
    expect([now["queue orders"], now["exchange orders"], now["topic late"]]).toEqual([3, 4, 5]);
    expect(now["topic orders"]).toBe(before["topic orders"]);
  });

  it("given a run that is wound back and on again, or copied, then the numbers are the same", () => {
    const history = begun();
    advance(history, 2_000_000);
    const early = indexes(history.cluster);
    does(history, { type: "declareQueue", queue: queue("late") }, topic("late"));
    const late = indexes(history.cluster);
    const lateUs = history.cluster.nowUs;
    const wind = (timeUs: number): Record<string, number> => {
      expect(finish(windTo(history, { timeUs, eventCount: null, applied: null }))).toBe("there");
      return indexes(history.cluster);
    };
    expect(wind(1_000_000)).toEqual(early);
    expect(wind(lateUs)).toEqual(late);
    expect(indexes(clone(history.cluster))).toEqual(late);
    // Another future begins where this one did.
    wind(1_500_000);
    does(history, { type: "declareExchange", exchange: { name: "other", type: "direct", durable: true } });
    expect(indexes(history.cluster)).toEqual({ ...early, "exchange other": 3 });
  });
});
