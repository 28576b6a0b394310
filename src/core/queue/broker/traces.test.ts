import { describe, expect, it } from "vitest";
import { headerTable } from "../amqp/content";
import type { BrokerMethod } from "../amqp/method";
import vectors from "../vectors/queue-traces.json";
import { channelOf } from "./amqpBroker";
import { readyMessages } from "./ready";
import { message, TestBroker } from "./testBroker";

/** What real RabbitMQ 3.10.8 did, step by step; those of quorum queues are left out. */
interface Step {
  readonly by?: string;
  readonly do: string;
  readonly [field: string]: unknown;
}

const QUORUM = ["quorum-close-channel", "quorum-connection-loss", "quorum-delivery-limit", "quorum-nack-head-with-limit", "quorum-nack-original-place"];
const QUORUM_OTHERS = vectors.traces.map(({ name }) => name).filter((name) => name.startsWith("quorum-") && !QUORUM.includes(name));
const classic = vectors.traces.filter(({ name }) => !name.startsWith("quorum-"));

/** After every step the real runner waited until nothing came any more. */
const QUIET_MS = 200;

class Runner {
  readonly world = new TestBroker();
  readonly observed: object[] = [];
  readonly frames: { readonly afterStep: number; readonly by: string; readonly method: BrokerMethod | "disconnected"; readonly atMs: number }[] = [];
  private readonly connected = new Set<string>();
  private confirming = new Set<string>();
  private seen = 0;

  run(steps: readonly Step[]): void {
    steps.forEach((step, at) => {
      this.take(step);
      const isWait = step.do === "wait";
      this.world.run(isWait ? (step["seconds"] as number) * 1000 : QUIET_MS);
      this.collect(at + 1);
    });
  }

  /** Confirms by publish tag. */
  confirms(): Record<string, string> {
    const found: Record<string, string> = {};
    let last = 0;
    for (const { method } of this.frames) {
      if (method === "disconnected" || (method.method !== "basic.ack" && method.method !== "basic.nack")) continue;
      const from = method.multiple ? last + 1 : method.deliveryTag;
      for (let tag = from; tag <= method.deliveryTag; tag++) found[String(tag)] ??= method.method === "basic.ack" ? "ack" : "nack";
      last = Math.max(last, method.deliveryTag);
    }
    return found;
  }

  private take({ by = "", do: what, ...given }: Step): void {
    const { world } = this;
    if (what === "wait") return;
    if (what === "restartBroker") {
      world.down(given["how"] === "kill9" ? "killed" : "stopped");
      world.up();
      return this.connected.clear();
    }
    if (what === "kill") {
      this.connected.delete(by);
      return world.lose(by);
    }
    if (!this.connected.has(by)) {
      world.connect(by);
      this.connected.add(by);
    }
    const channel = 1;
    const queue = String(given["queue"] ?? "");
    const flag = (name: string): boolean => given[name] === true;
    switch (what) {
      case "declareQueue":
        return world.give(by, { method: "queue.declare", channel, queue, passive: flag("passive"), durable: flag("durable"), exclusive: flag("exclusive"), autoDelete: flag("autoDelete"), arguments: given["arguments"] ?? {} });
      case "declareExchange":
        return world.give(by, { method: "exchange.declare", channel, exchange: String(given["exchange"]), type: given["type"] === "direct" ? "direct" : "fanout", passive: false, durable: false, autoDelete: false });
      case "bind":
        return world.give(by, { method: "queue.bind", channel, queue, exchange: String(given["exchange"]), routingKey: String(given["routingKey"] ?? "") });
      case "qos":
        return world.give(by, { method: "basic.qos", channel, prefetchCount: given["n"] as number, global: flag("global") });
      case "consume": {
        const { "x-priority": priority = 0 } = (given["arguments"] ?? {}) as { "x-priority"?: number };
        return world.give(by, { method: "basic.consume", channel, queue, consumerTag: String(given["tag"] ?? by), noAck: flag("autoAck"), exclusive: flag("exclusive"), priority });
      }
      case "publish": {
        for (const body of (given["bodies"] as string[] | undefined) ?? [given["body"] as string]) {
          const expiration = given["expiration"] as string | undefined;
          const content = message(body, String(given["exchange"] ?? ""), String(given["routingKey"] ?? ""), {
            deliveryMode: given["deliveryMode"] === 2 ? 2 : 1,
            expirationMs: expiration === undefined ? null : Number(expiration),
            priority: (given["priority"] as number | undefined) ?? null,
            headers: (given["headers"] as Record<string, string> | undefined) ?? {},
          });
          world.give(by, { method: "basic.publish", channel, mandatory: flag("mandatory"), content });
        }
        return;
      }
      case "confirmSelect":
        this.confirming.add(by);
        return world.give(by, { method: "confirm.select", channel });
      case "get":
        return world.give(by, { method: "basic.get", channel, queue, noAck: false });
      case "ack":
        return world.give(by, { method: "basic.ack", channel, deliveryTag: given["deliveryTag"] as number, multiple: flag("multiple") });
      case "nack":
      case "reject":
        return world.give(by, { method: `basic.${what}`, channel, deliveryTag: given["deliveryTag"] as number, multiple: flag("multiple"), requeue: flag("requeue") });
      case "recover":
        return world.give(by, { method: "basic.recover", channel, requeue: flag("requeue") });
      case "cancel":
        return world.give(by, { method: "basic.cancel", channel, consumerTag: String(given["tag"] ?? by) });
      case "closeChannel":
        return world.give(by, { method: "channel.close", channel });
      case "closeConnection":
        this.connected.delete(by);
        return world.give(by, { method: "connection.close" });
      case "purge":
        return world.give(by, { method: "queue.purge", channel, queue });
      case "deleteQueue":
        return world.give(by, { method: "queue.delete", channel, queue });
      default:
        throw new Error(`the test cannot ${what}`);
    }
  }

  private collect(afterStep: number): void {
    for (const { client, method, atMs } of this.world.sent.slice(this.seen)) {
      if (method !== "disconnected" && method.method === "basic.deliver") {
        const { content, consumerTag, deliveryTag, redelivered } = method;
        const headers = headerTable(content.properties);
        this.observed.push({
          afterStep,
          consumer: consumerTag,
          deliveryTag,
          body: content.body,
          redelivered,
          exchange: content.exchange,
          routingKey: content.routingKey,
          ...(content.properties.priority !== null && { priority: content.properties.priority }),
          ...(Object.keys(headers).length > 0 && { headers }),
        });
      } else this.frames.push({ afterStep, by: client, method, atMs });
    }
    this.seen = this.world.sent.length;
  }
}

/** What is compared of a frame that is no delivery. */
function shown({ afterStep, by, method }: Runner["frames"][number], steps: readonly Step[]): object[] {
  if (method === "disconnected") return [{ afterStep, by, ev: "lost" }];
  switch (method.method) {
    case "channel.close":
    case "connection.close":
      return [{ afterStep, by, ev: "channel-closed", code: method.replyCode, text: method.replyText }];
    case "basic.return":
      return [{ afterStep, by, ev: "return", code: method.replyCode, text: method.replyText, exchange: method.content.exchange, routingKey: method.content.routingKey, body: method.content.body }];
    case "basic.cancel":
      return [{ afterStep, by, ev: "server-cancel", tag: method.consumerTag }];
    case "basic.get-ok": {
      const { content, deliveryTag, redelivered, messageCount } = method;
      return [{ afterStep, by, ev: "answer to get", deliveryTag, body: content.body, redelivered, exchange: content.exchange, routingKey: content.routingKey, messageCount }];
    }
    case "queue.declare-ok":
      // Only who looks is told in the file.
      return steps[afterStep - 1]?.["passive"] === true ? [{ afterStep, by, ev: "answer to declareQueue", queue: method.queue, messages: method.messageCount, consumers: method.consumerCount }] : [];
    default:
      return [];
  }
}

/** The same of what was seen: a refusal is both a closed channel and an error of the call, and a client's library words a loss itself. */
function seen(frame: Record<string, unknown>): object[] {
  const { ev, afterStep, by } = frame;
  if (ev === "confirm") return [];
  const [, code, text] = /^ChannelClosedByBroker: \((\d+), "(.*)"\)$/.exec(String(frame["error"])) ?? [];
  if (code !== undefined) return [{ afterStep, by, ev: "channel-closed", code: Number(code), text }];
  if (ev === "exception") return String(frame["type"]) === "StreamLostError" ? [{ afterStep, by, ev: "lost" }] : [];
  return [frame];
}

function sorted(list: readonly object[]): string[] {
  const byName = (_key: string, value: unknown): unknown =>
    value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))) : value;
  // A refusal is told both as a closed channel and as an error of the call.
  return [...new Set(list.map((each) => JSON.stringify(each, byName)))].toSorted();
}

/** Times and names of virtual hosts are the machine's. */
function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/"time":(\d+|"<timestamp>")/g, '"time":0').replaceAll(/vhost '[^']*'/g, "vhost '/'").replaceAll(/,"msAfterLastPublishOrNackOrKill":\d+/g, "")) as T;
}

/** Within a step only the order of each consumer means anything. */
function byConsumer(observed: readonly { readonly afterStep: number; readonly consumer: string }[]): Record<string, unknown[]> {
  const found: Record<string, unknown[]> = {};
  for (const delivery of observed) (found[`after ${delivery.afterStep}: ${delivery.consumer}`] ??= []).push(delivery);
  return found;
}

describe("AMQ-1 what RabbitMQ 3.10.8 did, step by step", () => {
  it("is known of classic queues; quorum queues are left out", () => {
    expect(vectors.traces.length - classic.length).toBe(QUORUM.length + QUORUM_OTHERS.length);
  });

  it.each(classic.map((trace) => [trace.name, trace] as const))("%s", (_name, trace) => {
    const runner = new Runner();
    runner.run(trace.steps as readonly Step[]);
    const { broker } = runner.world;
    expect(byConsumer(plain(runner.observed) as never)).toEqual(byConsumer(plain(trace.observed) as never));
    const frames = (trace.otherFrames as Record<string, unknown>[]).flatMap(seen);
    expect(sorted(plain(runner.frames.flatMap((frame) => shown(frame, trace.steps as readonly Step[]))))).toEqual(sorted(plain(frames)));
    if ("confirms" in trace && trace.confirms) expect(runner.confirms()).toEqual(trace.confirms);
    const { heldUnacked = {}, ...queues } = trace.finalQueue as Record<string, unknown>;
    for (const [name, expected] of Object.entries(queues)) {
      const queue = broker.queues.get(name);
      if (typeof expected === "string") {
        expect(queue).toBeUndefined();
        continue;
      }
      const ready = queue ? [...readyMessages(queue.ready)] : [];
      const image = {
        readyCount: ready.length,
        unackedCount: queue?.unacked,
        consumers: queue?.consumers.size,
        ready: ready.map(({ content, redelivered }) => {
          const headers = headerTable(content.properties);
          return { body: content.body, redelivered, ...(content.exchange !== "" && { exchange: content.exchange }), ...(Object.keys(headers).length > 0 && { headers }), routingKey: content.routingKey };
        }),
      };
      expect(plain(image)).toEqual(plain(expected));
    }
    for (const [client, bodies] of Object.entries(heldUnacked as Record<string, string[]>)) {
      const channel = channelOf(broker, runner.world.idOf(client), 1);
      expect([...(channel?.unacked.values() ?? [])].map(({ message: { content } }) => content.body)).toEqual(bodies);
    }
  });
});
