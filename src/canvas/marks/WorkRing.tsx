import { memo, type ReactNode, useEffect, useRef } from "react";
import type { Playback } from "../../bridge/messages";
import { useTopiq } from "../../store/topiqStore";

/** A record or a message in work; times are virtual µs. */
export interface RingWork {
  /** Which one it is. */
  readonly id: string;
  readonly label: string;
  readonly title: string;
  readonly colour: number;
  readonly startUs: number;
  readonly endUs: number;
  /** Drawn round, as a message in a queue is. */
  readonly isRound: boolean;
}

interface WorkRingProps {
  readonly work: RingWork | null;
  /** CSS pixels a side. */
  readonly size: number;
  readonly idle: boolean;
}

/** What is in work, and a ring that fills while it is processed: smoothly between frames, exactly when time stands or jumps. */
export const WorkRing = memo(
  function WorkRing({ work, size, idle }: WorkRingProps): ReactNode {
    const ring = useProgress(work);
    const { title = "", label = "", isRound = false } = work ?? {};
    const width = Math.max(isRound ? 25 : 21, label.length * 6.8 + 5);
    const height = isRound ? 25 : 21;
    return (
      <svg className="scene-ring" width={size} height={size} viewBox="0 0 44 44" role="img" aria-label={title} aria-hidden={!work}>
        <circle className={`scene-ring-rest ${idle ? "scene-ring-idle" : ""}`} cx="22" cy="22" r="19" />
        <circle ref={ring} className="scene-ring-done" cx="22" cy="22" r="19" pathLength="1" transform="rotate(-90 22 22)" />
        {work && (
          <g data-colour={work.colour}>
            <title>{title}</title>
            <rect className="scene-ring-record" x={22 - width / 2} y={22 - height / 2} width={width} height={height} rx={isRound ? height / 2 : 6} />
            <text className="scene-ring-offset" x="22" y="26" textAnchor="middle">
              {label}
            </text>
          </g>
        )}
      </svg>
    );
  },
  (before, after) => before.size === after.size && before.idle === after.idle && workKey(before.work) === workKey(after.work),
);

function workKey(work: WorkRingProps["work"]): string {
  return work ? `${work.id} ${work.startUs} ${work.endUs}` : "";
}

/** Runs the ring as a Web Animation whose clock is the simulation's; frames only correct it. */
function useProgress(work: WorkRingProps["work"]) {
  const ring = useRef<SVGCircleElement>(null);
  const key = workKey(work);
  useEffect(() => {
    const circle = ring.current;
    if (!circle || !work) return;
    const duration = Math.max(1, (work.endUs - work.startUs) / 1000);
    const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
    const easing = (): string => (reducedMotion.matches ? "steps(4)" : "linear");
    const animation = circle.animate([{ strokeDashoffset: 1 }, { strokeDashoffset: 0 }], { duration, fill: "both", easing: easing() });
    animation.pause();
    const ease = (): void => animation.effect?.updateTiming({ easing: easing() });
    reducedMotion.addEventListener("change", ease);
    const follow = (playback: Playback | null): void => followPlayback(animation, playback, work.startUs);
    follow(useTopiq.getState().playback);
    const stop = useTopiq.subscribe((state, before) => {
      if (state.playback !== before.playback) follow(state.playback);
    });
    return () => {
      stop();
      reducedMotion.removeEventListener("change", ease);
      animation.cancel();
    };
    // The key stands for all of the work that matters here.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return ring;
}

/** How far the ring may be off, in virtual ms at 1x, before it is set rather than left to run: frames come a little unevenly. */
const TOLERATED_DRIFT_MS = 90;

function followPlayback(animation: Animation, playback: Playback | null, startUs: number): void {
  const expected = ((playback?.timeUs ?? startUs) - startUs) / 1000;
  const speed = playback?.playing ? Math.min(playback.speed, playback.speedReached || playback.speed) : 0;
  const drift = Math.abs(Number(animation.currentTime ?? 0) - expected);
  if (speed === 0) {
    animation.pause();
    animation.currentTime = expected;
    return;
  }
  if (drift > TOLERATED_DRIFT_MS * speed || animation.playState === "paused") animation.currentTime = expected;
  animation.playbackRate = speed;
  if (animation.playState === "paused") animation.play();
}
