import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { performAction } from "../../actions/actions";
import { formatClock } from "../../actions/clock";
import { seekSettled } from "../../actions/simulation";
import { pause, play } from "../../actions/transport";
import type { Playback } from "../../bridge/messages";
import type { TimelineImage } from "../../core/cluster/image";
import { t } from "../../i18n/t";
import { lagArea } from "./lagArea";
import { Markers } from "./Markers";
import { fractionOf, rangeEndUs } from "./timeRange";

export interface LineProps {
  readonly timeline: TimelineImage;
  readonly playback: Playback;
  readonly language: string;
}

/** The whole run as a line: lag, events, and a playhead that is dragged, pressed or moved by keys. */
export function Line({ timeline, playback, language }: LineProps): ReactNode {
  const track = useRef<HTMLDivElement>(null);
  const width = useWidth(track);
  const [dragUs, setDragUs] = useState<number | null>(null);
  const drag = useRef<{ readonly resume: boolean } | null>(null);

  const { startUs } = timeline;
  // The line is sent less often than the clock: what is shown has been reached.
  const endUs = Math.max(timeline.endUs, playback.timeUs);
  const rangeUs = rangeEndUs(startUs, endUs);
  const nowUs = dragUs ?? playback.timeUs;
  const area = useMemo(() => lagArea(timeline.lag, startUs, rangeUs), [timeline.lag, startUs, rangeUs]);
  const reachable = (timeUs: number): number => Math.min(Math.max(timeUs, playback.oldestReachableUs, startUs), endUs);
  const percent = (timeUs: number): string => `${fractionOf(timeUs, startUs, rangeUs) * 100}%`;

  // The playhead stays where it was put until the world has got there.
  useEffect(() => {
    if (drag.current === null && seekSettled()) setDragUs(null);
  }, [playback]);

  const moveTo = (clientX: number): void => {
    const box = track.current?.getBoundingClientRect();
    if (!box || box.width === 0) return;
    const timeUs = reachable(startUs + ((clientX - box.left) / box.width) * (rangeUs - startUs));
    setDragUs(timeUs);
    void performAction("seek", { timeUs });
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { resume: playback.playing };
    if (playback.playing) pause();
    moveTo(event.clientX);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (drag.current) moveTo(event.clientX);
  };
  const endDrag = (): void => {
    const resume = drag.current?.resume ?? false;
    drag.current = null;
    if (resume) play();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = keyTarget(event.key, nowUs, startUs, endUs);
    if (target === null) return;
    event.preventDefault();
    const timeUs = reachable(target);
    setDragUs(timeUs);
    void performAction("seek", { timeUs });
  };

  return (
    <div
      ref={track}
      className="timeline-line"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={endDrag}
      onPointerCancel={endDrag}
      onLostPointerCapture={() => {
        if (drag.current) endDrag();
      }}
    >
      <span className="timeline-caption">{t("timeline.lag", { most: area.most })}</span>
      <svg className="timeline-area" viewBox="0 0 1000 100" preserveAspectRatio="none" aria-hidden="true">
        <path d={area.path} />
      </svg>
      <span className="timeline-rail" />
      <span className="timeline-reached" style={{ width: percent(endUs) }} />
      <span className="timeline-past" style={{ width: percent(nowUs) }} />
      <span className="timeline-future" style={{ left: percent(nowUs) }} />
      {playback.oldestReachableUs > startUs && (
        <span className="timeline-forgotten" style={{ width: percent(playback.oldestReachableUs) }} title={t("timeline.oldest", { time: formatClock(playback.oldestReachableUs) })} />
      )}
      <Markers markers={timeline.markers} startUs={startUs} rangeUs={rangeUs} nowUs={nowUs} width={width} language={language} />
      <div
        className="timeline-playhead"
        style={{ left: percent(nowUs) }}
        role="slider"
        tabIndex={0}
        aria-label={t("timeline.playhead")}
        aria-valuemin={Math.max(startUs, playback.oldestReachableUs) / 1e6}
        aria-valuemax={endUs / 1e6}
        aria-valuenow={nowUs / 1e6}
        aria-valuetext={t("timeline.position", { time: formatClock(nowUs), end: formatClock(endUs) })}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

function keyTarget(key: string, nowUs: number, startUs: number, endUs: number): number | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      return nowUs - 1e6;
    case "ArrowRight":
    case "ArrowUp":
      return nowUs + 1e6;
    case "PageDown":
      return nowUs - 10e6;
    case "PageUp":
      return nowUs + 10e6;
    case "Home":
      return startUs;
    case "End":
      return endUs;
    default:
      return null;
  }
}

function useWidth(element: { readonly current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
