import { describe, expect, it } from "vitest";
import { MOTION_STRIDE, type MotionFrame, motionField, tokenKind } from "../bridge/messages";
import type { QueueSpec } from "../core/queue/clients/declarations";
import { projectCluster } from "../core/picture/project";
import { bootCluster } from "../core/world/boot";
import type { Cluster } from "../core/world/cluster";
import { runUntil } from "../core/world/kernel/run";
import { addQueuePart } from "../core/world/queuePart";
import type { ClusterSpec } from "../core/world/spec";
import { MotionRecorder } from "./motion";

const FRAME_US = 100_000;

const kafkaOnly: ClusterSpec = {
  seed: 1,
  network: { latencyMs: 30, jitterMs: 20 },
  brokerConfigs: { "offsets.topic.replication.factor": 1 },
  topics: [{ name: "orders", partitions: 2, configs: {} }],
  producers: [{ clientId: "shop", topics: ["orders"], source: { ratePerSecond: 20, keys: { kind: "range", prefix: "k", from: 1, to: 3 }, valueSizeInBytes: 0 }, configs: {} }],
  groups: [{ groupId: "g", topics: ["orders"], configs: {} }],
  consumers: [{ clientId: "c", groupId: "g", processing: { timeMs: 1 } }],
};

/** Frames of the first seconds of a world, a tenth of a second each. */
function framesOf(cluster: Cluster, seconds: number, resetAll = false): MotionFrame[] {
  const recorder = new MotionRecorder();
  return Array.from({ length: seconds * 10 }, () => {
    runUntil(cluster, cluster.nowUs + FRAME_US, Infinity, recorder.note);
    return recorder.frame(cluster, { nowUs: cluster.nowUs, speed: 1 }, resetAll);
  });
}

interface Token {
  readonly client: number;
  readonly topic: number;
  readonly kind: string | undefined;
  readonly sentUs: number;
  readonly count: number;
  readonly label: number;
  readonly colours: readonly number[];
}

function tokensOf({ startUs, count, floats }: MotionFrame): Token[] {
  return Array.from({ length: count }, (_, token) => {
    const field = (at: number): number => floats[token * MOTION_STRIDE + at] ?? Number.NaN;
    return {
      client: field(motionField.client),
      topic: field(motionField.topic),
      kind: Object.entries(tokenKind).find(([, number]) => number === field(motionField.kind))?.[0],
      sentUs: startUs + Math.round(field(motionField.sentMs) * 1000),
      count: field(motionField.count),
      label: field(motionField.offset),
      colours: Array.from({ length: 8 }, (__, at) => field(motionField.colours + at)).filter((colour) => colour !== -2),
    };
  });
}

// This one comes first: there is no way to take the part out again.
describe("IMG-10 a world without queues", () => {
  it("moves and is shown as before, once the part for RabbitMQ has come", () => {
    const run = (): unknown => {
      const cluster = bootCluster(kafkaOnly);
      const moved = framesOf(cluster, 5).map(({ startUs, count, floats }) => [startUs, count, [...floats.subarray(0, count * MOTION_STRIDE)]]);
      return { moved, messages: projectCluster(cluster).messages, indexes: [...cluster.watch.topicIndexes], events: cluster.eventCount };
    };
    const before = run();
    addQueuePart();
    expect(run()).toEqual(before);
  });

  it("has Kafka's four kinds of tokens, each on the wire of its client", () => {
    const cluster = bootCluster(kafkaOnly);
    const tokens = framesOf(cluster, 5).flatMap(tokensOf);
    const clientOf = (kind: string): unknown => [...new Set(tokens.filter((token) => token.kind === kind).map(({ client }) => client))];
    const [producer, consumer] = ["shop", "c"].map((name) => cluster.actorsByClientId.get(name));
    expect(["produceRequest", "produceResponse", "fetchRequest", "fetchResponse"].map(clientOf)).toEqual([[producer], [producer], [consumer], [consumer]]);
  });
});

describe("IMG-10 motion of AMQP", () => {
  const fanoutOf = [{ exchange: "f", routingKey: "" }];
  const queue = (name: string, bindings: QueueSpec["bindings"] = []): QueueSpec => ({ name, durable: true, exclusive: false, autoDelete: false, arguments: {}, bindings });
  const targets = [...fanoutOf, { exchange: "", routingKey: "q" }, { exchange: "", routingKey: "nowhere" }];

  /** Two records a second go to a fanout with two queues, to a queue, and to one that is not there; `r` receives. */
  function publishing(latencyMs: number): Cluster {
    return bootCluster({
      ...kafkaOnly,
      network: { latencyMs, jitterMs: 0 },
      producers: [
        {
          clientId: "shop",
          topics: [],
          source: { ratePerSecond: 2, keys: { kind: "range", prefix: "k", from: 1, to: 1 }, valueSizeInBytes: 0 },
          configs: {},
          publishes: { targets, confirms: true, mandatory: false, persistent: true, expirationMs: null, priority: null },
        },
      ],
      amqp: {
        exchanges: [{ name: "f", type: "fanout", durable: true }],
        queues: [queue("q"), queue("s1", fanoutOf), queue("s2", fanoutOf)],
        receivers: [{ name: "r", queue: "q", prefetchCount: 0, noAck: false, priority: 0, processing: { timeMs: 0 } }],
      },
    });
  }

  // Longer and shorter than a frame: what is sent and arrives between two frames is seen all the same.
  it.each([150, 10])("each of its messages is one token on the wire of its client, with a way of %i ms", (latencyMs) => {
    addQueuePart();
    const cluster = publishing(latencyMs);
    const tokens = framesOf(cluster, 6).flatMap(tokensOf);
    const { queues, exchanges, producers, receivers } = projectCluster(cluster);
    const wires = new Map([
      [`${producers.get("shop")?.actor} ${exchanges.get("f")?.index}`, "shop f"],
      [`${producers.get("shop")?.actor} ${queues.get("q")?.index}`, "shop q"],
      [`${receivers.get("r")?.actor} ${queues.get("q")?.index}`, "q r"],
    ]);
    const seen = (kind: keyof typeof tokenKind): string[] => tokens.filter((token) => token.kind === kind).map(({ client, topic, count, label, colours }) => `${wires.get(`${client} ${topic}`)} ${label} x${count} (${colours.join()})`);
    expect(wires.size).toBe(3);
    expect(seen("publish").slice(0, 4)).toEqual(["shop f 0 x1 (0)", "shop q 0 x1 (0)", "shop f 1 x1 (0)", "shop q 1 x1 (0)"]);
    expect(seen("deliver").slice(0, 2)).toEqual(["q r 0 x1 (0)", "q r 1 x1 (0)"]);
    expect(seen("settle").slice(0, 2)).toEqual(["q r -1 x0 ()", "q r -1 x0 ()"]);
    expect(seen("confirm").slice(0, 4).toSorted()).toEqual(["shop f 0 x0 ()", "shop f 1 x0 ()", "shop q 0 x0 ()", "shop q 1 x0 ()"]);
  });

  it("none is told twice, and after a jump all that is under way is told again", () => {
    const once = framesOf(publishing(250), 4).flatMap(tokensOf).map(({ client, topic, kind, sentUs, label }) => `${client} ${topic} ${kind} ${sentUs} ${label}`);
    expect(once.length).toBeGreaterThan(20);
    expect(new Set(once).size).toBe(once.length);
    const again = framesOf(publishing(250), 4, true).flatMap(tokensOf).filter(({ kind }) => kind === "publish");
    expect(again.length).toBeGreaterThan(once.filter((token) => token.includes("publish")).length);
  });
});
