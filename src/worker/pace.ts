import { advance } from "../core/history/winding";
import type { History } from "../core/history/history";
import type { EventSink } from "../core/world/kernel/run";
import { scenarioLimits } from "../scenario/scenarioLimits";
import { FRAME_MS } from "./screen";

/** Wall ms that one frame may spend on events, so that the worker stays responsive. */
const RUN_MS = 80;
const EVENTS_PER_SLICE = 2000;

/** The wall clock against a world's: whether it plays, how fast it shall, and how fast it does. */
export class Pace {
  playing: boolean;
  speed: number;
  private hidden = false;
  private reached: number;
  private lastTickMs: number;
  private readonly nowMs: () => number;

  constructor(nowMs: () => number, speed: number, playing: boolean) {
    this.nowMs = nowMs;
    this.speed = clampSpeed(speed, 1);
    this.reached = this.speed;
    this.playing = playing;
    this.lastTickMs = nowMs();
  }

  get isRunning(): boolean {
    return this.playing && !this.hidden;
  }

  /** Virtual seconds a second, measured over the last second. */
  get speedReached(): number {
    return this.isRunning ? this.reached : this.speed;
  }

  set({ playing = this.playing, hidden = this.hidden, speed = this.speed }: { readonly playing?: boolean; readonly hidden?: boolean; readonly speed?: number }): void {
    this.playing = playing;
    this.hidden = hidden;
    this.speed = clampSpeed(speed, this.speed);
    this.reached = this.speed;
    this.rest();
  }

  /** Time that passes for nobody: the world stands still, or stands elsewhere now. */
  rest(): void {
    this.lastTickMs = this.nowMs();
  }

  /** Runs the world on by what has passed, in slices, until the moment is reached or the frame's time is spent. Returns whether it plays. */
  tick(history: History, sink: EventSink): boolean {
    const nowMs = this.nowMs();
    const elapsedMs = Math.min(nowMs - this.lastTickMs, 2 * FRAME_MS);
    this.lastTickMs = nowMs;
    if (!this.isRunning) return false;
    const startUs = history.cluster.nowUs;
    const targetUs = Math.round(startUs + elapsedMs * 1000 * this.speed);
    while (history.cluster.nowUs < targetUs) {
      const ran = advance(history, targetUs, EVENTS_PER_SLICE, sink);
      if (ran < EVENTS_PER_SLICE || this.nowMs() >= nowMs + RUN_MS) break;
    }
    const reached = elapsedMs > 0 ? (history.cluster.nowUs - startUs) / (elapsedMs * 1000) : this.speed;
    this.reached += (reached - this.reached) * 0.2;
    return true;
  }
}

/** A speed that can be; for what is no number, the one before. */
function clampSpeed(speed: unknown, before: number): number {
  return typeof speed === "number" && Number.isFinite(speed) ? Math.min(scenarioLimits.maxSpeed, Math.max(scenarioLimits.minSpeed, speed)) : before;
}
