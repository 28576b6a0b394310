import type { PageMessage, WorkerMessage } from "../bridge/messages";
import { Place } from "./place";
import { RunShelf } from "./runShelf";

/**
 * The simulation worker's own place, in Node and without a browser: messages go in and come out as through a worker, a task later, and
 * time passes when it is told to.
 */
export class TestPlace {
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null = null;
  /** Everything that the page has sent, and that the worker has. */
  readonly sent: PageMessage[] = [];
  readonly posted: WorkerMessage[] = [];
  readonly shelf = new RunShelf((reason) => this.place.lost(reason));
  private nowMs = 0;
  /** Wall ms that each look at the clock costs: so a test says how much fits into a slice. */
  lookMs = 0;
  private waiting: { readonly atMs: number; readonly act: () => void }[] = [];
  private readonly place = new Place(1, {
    post: (message) => this.deliver(structuredClone(message)),
    nowMs: () => (this.nowMs += this.lookMs),
    later: (act, delayMs) => {
      if (delayMs === 0) setImmediate(act);
      else this.waiting.push({ atMs: this.nowMs + delayMs, act });
    },
    shelf: this.shelf,
  });

  postMessage(message: PageMessage): void {
    this.sent.push(message);
    setImmediate(() => this.place.handle(structuredClone(message)));
  }

  /** Lets wall time pass, a tick of the worker at a time. */
  async pass(ms: number, tickMs = 100): Promise<void> {
    for (const endMs = this.nowMs + ms; this.nowMs < endMs; ) {
      this.nowMs += tickMs;
      const due = this.waiting.filter(({ atMs }) => atMs <= this.nowMs);
      this.waiting = this.waiting.filter((wait) => !due.includes(wait));
      for (const { act } of due) act();
      this.place.tick();
      await settled();
    }
  }

  /** The commands given, in order. */
  commands(): readonly string[] {
    return this.sent.flatMap((message) => (message.type === "submit" ? [(message.command as { readonly type: string }).type] : []));
  }

  private deliver(message: WorkerMessage): void {
    this.posted.push(message);
    // Only the data of the event is ever read.
    setImmediate(() => this.onmessage?.({ data: message } as MessageEvent<WorkerMessage>));
  }
}

/** Everything that was on its way has arrived, and what it led to. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn++) await new Promise((resolve) => setImmediate(resolve));
}
