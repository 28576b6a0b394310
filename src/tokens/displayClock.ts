import type { MotionFrame } from "../bridge/messages";

/** How far the shown time may run ahead of the last frame, in wall milliseconds: a stalled simulation must not be outrun. */
const MOST_AHEAD_MS = 150;

/** Virtual time as it is shown: runs on smoothly between motion frames, stands when paused, and jumps only when it must. */
export class DisplayClock {
  #nowMs = 0;
  #speed = 0;
  #arrivedMs = 0;
  #shownMs = 0;

  /** Takes a frame's time, arrived at this wall time. */
  receive(frame: Pick<MotionFrame, "nowUs" | "speed" | "reset">, wallMs: number): void {
    this.#nowMs = frame.nowUs / 1000;
    this.#speed = frame.speed;
    this.#arrivedMs = wallMs;
    // A frame that comes a little late would turn the clock back by a hair; tokens wait for it instead of jumping back.
    const behind = this.#shownMs - this.#nowMs;
    const jump = frame.reset || frame.speed === 0 || behind < 0 || behind > MOST_AHEAD_MS * frame.speed;
    if (jump) this.#shownMs = this.#nowMs;
  }

  /** Virtual time over wall time; 0 when paused. */
  get speed(): number {
    return this.#speed;
  }

  /** Virtual milliseconds to show at this wall time. */
  shownMs(wallMs: number): number {
    const ahead = Math.min(Math.max(0, wallMs - this.#arrivedMs), MOST_AHEAD_MS);
    this.#shownMs = Math.max(this.#shownMs, this.#nowMs + ahead * this.#speed);
    return this.#shownMs;
  }

  /** Whether the shown time will still change without another frame. */
  isRunning(wallMs: number): boolean {
    return this.#speed > 0 && wallMs - this.#arrivedMs < MOST_AHEAD_MS;
  }
}
