import { share } from "../sim/share";
import type { ApiName, ApiRequest, ApiResponse, RequestOf } from "../kafka/api/api";
import type { ActorId } from "../sim/message";
import type { Timer } from "../sim/timer";
import type { ClientContext } from "./client";
import type { ClientFact } from "./facts";

/** The request of an API that a client has sent, with when and on which connection. */
export interface Sent<Request extends ApiRequest> {
  readonly id: number;
  readonly atMs: number;
  readonly nodeId: number;
  readonly connection: number;
  readonly request: Request;
}

/**
 * For tests: the world around one client, which is its context. It keeps what the client sends until the test answers, and moves the clock
 * from timer to timer.
 */
export class TestClient implements ClientContext {
  readonly actor: ActorId = 7;
  nowUs = 0;
  readonly timers = new Map<Timer["key"], { readonly timer: Timer; readonly atUs: number }>();
  readonly facts: ClientFact[] = [];
  readonly disconnected: (readonly [nodeId: number, connection: number])[] = [];
  readonly made = (): void => undefined;
  hasCrashed = false;
  readonly crashed = (): void => void (this.hasCrashed = true);
  isClosed = false;
  /** Whether the client looks for what is overdue; a test that takes its time with answers does without. */
  looksForOverdue = false;
  alarmUs: number | null = null;
  /** What was sent and not yet answered, oldest first. */
  private readonly unanswered: Sent<ApiRequest>[] = [];
  private requests = 0;
  private readonly onResponse: (context: ClientContext, requestId: number, response: ApiResponse) => void;
  private readonly onTimer: (context: ClientContext, due: Timer) => void;
  private readonly onAlarm: (context: ClientContext) => unknown;

  constructor(onResponse: TestClient["onResponse"], onTimer: TestClient["onTimer"], onAlarm: TestClient["onAlarm"] = () => undefined) {
    this.onResponse = onResponse;
    this.onTimer = onTimer;
    this.onAlarm = onAlarm;
  }

  /** The unanswered requests of an API. */
  sent<Name extends ApiName>(api: Name): Sent<RequestOf<Name>>[] {
    return this.unanswered.filter(({ request }) => request.api === api) as Sent<RequestOf<Name>>[]; // Their api was just compared.
  }

  /** The only unanswered request of an API. */
  one<Name extends ApiName>(api: Name): Sent<RequestOf<Name>> {
    const [sent, ...more] = this.sent(api);
    if (!sent || more.length > 0) throw new Error(`${sent ? 1 + more.length : 0} requests of ${api} wait for an answer`);
    return sent;
  }

  answer({ id }: Sent<ApiRequest>, response: ApiResponse): void {
    this.unanswered.splice(this.unanswered.findIndex((sent) => sent.id === id), 1);
    this.onResponse(this, id, share(response));
  }

  /** Moves the clock on, firing each timer and alarm at its own time. */
  sleep(ms: number): void {
    const untilUs = this.nowUs + ms * 1000;
    for (;;) {
      const [next] = [...this.timers.values()].sort((one, other) => one.atUs - other.atUs);
      const alarmUs = (this.looksForOverdue ? this.alarmUs : null) ?? Infinity;
      if (Math.min(next?.atUs ?? Infinity, alarmUs) > untilUs) break;
      if (next === undefined || alarmUs < next.atUs) {
        this.alarmUs = null;
        this.nowUs = Math.max(this.nowUs, alarmUs);
        this.onAlarm(this);
        continue;
      }
      this.timers.delete(next.timer.key);
      this.nowUs = Math.max(this.nowUs, next.atUs);
      this.onTimer(this, next.timer);
    }
    this.nowUs = untilUs;
  }

  send(nodeId: number, connection: number, request: ApiRequest): number {
    const id = (this.requests += 1);
    this.unanswered.push({ id, atMs: this.nowUs / 1000, nodeId, connection, request });
    return id;
  }

  /** Requests on it are answered no more. */
  disconnect(nodeId: number, connection: number): void {
    this.disconnected.push([nodeId, connection]);
    const kept = this.unanswered.filter((sent) => sent.nodeId !== nodeId || sent.connection !== connection);
    this.unanswered.splice(0, Infinity, ...kept);
  }

  setTimer(timer: Timer, atUs: number): void {
    this.timers.set(timer.key, { timer, atUs });
  }

  setAlarm(atUs: number): void {
    this.alarmUs = atUs;
  }

  cancelTimer(timer: Timer): void {
    this.timers.delete(timer.key);
  }

  tell(fact: ClientFact): void {
    this.facts.push(fact);
  }

  closed(): void {
    this.isClosed = true;
  }
}
