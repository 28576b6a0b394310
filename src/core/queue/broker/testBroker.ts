import { eventQueue, nextTimeUs, schedule, takeNext, type EventQueue } from "../../sim/eventQueue";
import { share } from "../../sim/share";
import type { Timer } from "../../sim/timer";
import { plainProperties, type Content, type Properties } from "../amqp/content";
import type { BrokerMethod, ClientMethod } from "../amqp/method";
import type { QueueFact } from "../facts";
import { newAmqpBroker, type AmqpBroker, type AmqpBrokerContext } from "./amqpBroker";
import { handleAmqpDisconnect, handleAmqpTimer, handleMethod } from "./handle";
import { comeUp, goDown } from "./restart";

/** What a client of a test was sent, in order; "disconnected" where its connection was closed. */
export interface Sent {
  readonly client: string;
  readonly atMs: number;
  readonly method: BrokerMethod | "disconnected";
}

/** For tests: a broker alone, whose clients are named and say what they are told to; nothing takes time but the clock that the test moves. */
export class TestBroker {
  readonly broker: AmqpBroker = newAmqpBroker("rabbit");
  readonly sent: Sent[] = [];
  readonly facts: QueueFact[] = [];
  private nowUs = 0;
  private readonly timers = new Map<Timer["key"], number>();
  private readonly events: EventQueue<{ readonly timer: Timer; readonly atUs: number }> = eventQueue();
  private readonly clients: string[] = [];
  private readonly context: AmqpBrokerContext;

  constructor() {
    const now = (): number => this.nowUs;
    this.context = {
      get nowUs() {
        return now();
      },
      send: (client, method) => void this.note(client, method),
      disconnect: (client) => void this.note(client, "disconnected"),
      setTimer: (timer, atUs) => {
        this.timers.set(timer.key, atUs);
        schedule(this.events, atUs, share({ timer, atUs }));
      },
      cancelTimer: (timer) => void this.timers.delete(timer.key),
      tell: (fact) => void this.facts.push(fact),
    };
  }

  /** One method of a client, on channel 1 where it has one. */
  give(client: string, method: ClientMethod): void {
    handleMethod(this.broker, this.context, this.idOf(client), method);
  }

  /** Connects a client and opens its channel. */
  connect(client: string, heartbeatS = 0): void {
    this.give(client, { method: "connection.open", heartbeatS });
    this.give(client, { method: "channel.open", channel: 1 });
  }

  /** A client's process is gone, and its connection with it. */
  lose(client: string): void {
    handleAmqpDisconnect(this.broker, this.context, this.idOf(client));
  }

  down(how: "stopped" | "killed"): void {
    goDown(this.broker, this.context, how);
  }

  up(): void {
    comeUp(this.broker, this.context);
  }

  /** Runs on for so many virtual ms. */
  run(ms: number): void {
    const untilUs = this.nowUs + ms * 1000;
    while (nextTimeUs(this.events) <= untilUs) {
      const { timer, atUs } = takeNext(this.events);
      if (this.timers.get(timer.key) !== atUs) continue;
      this.timers.delete(timer.key);
      this.nowUs = atUs;
      handleAmqpTimer(this.broker, this.context, timer);
    }
    this.nowUs = untilUs;
  }

  /** What a client has been sent of some methods. */
  methods<Name extends BrokerMethod["method"]>(client: string, ...names: readonly Name[]): Extract<BrokerMethod, { readonly method: Name }>[] {
    return this.sent.flatMap(({ client: to, method }) => (to === client && method !== "disconnected" && names.some((name) => name === method.method) ? [method as Extract<BrokerMethod, { readonly method: Name }>] : [])); // one of these
  }

  /** What a client has been sent of messages: `body`, with `R` behind it where it was redelivered. */
  deliveries(client: string): string[] {
    return this.methods(client, "basic.deliver").map(({ content, redelivered }) => `${content.body}${redelivered ? "R" : ""}`);
  }

  idOf(client: string): number {
    if (!this.clients.includes(client)) this.clients.push(client);
    return this.clients.indexOf(client) + 1;
  }

  private note(client: number, method: Sent["method"]): void {
    this.sent.push({ client: this.clients[client - 1] ?? "?", atMs: this.nowUs / 1000, method });
  }
}

/** A message as tests publish it. */
export function message(body: string, exchange: string, routingKey: string, properties: Partial<Properties> = {}): Content {
  return share({ exchange, routingKey, body, sizeInBytes: body.length, properties: share({ ...plainProperties, ...properties }), origin: null });
}
