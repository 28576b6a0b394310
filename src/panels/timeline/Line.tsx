import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { performAction } from "../../actions/actions";
import { formatClock } from "../../actions/clock";
import { seekSettled } from "../../actions/simulation";
import { pause, play, withShared } from "../../actions/transport";
import type { Playback } from "../../bridge/messages";
import type { TimelineImage } from "../../core/picture/image";
import { formatNumber } from "../../i18n/formatNumber";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
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
  const { startUs } = timeline;
  // The line is sent less often than the clock: what is shown has been reached.
  const endUs = Math.max(timeline.endUs, playback.timeUs);
  const rangeUs = rangeEndUs(startUs, endUs);
  const { nowUs, moveTo, ...dragging } = usePlayhead(playback, (clientX) => {
    const box = track.current?.getBoundingClientRect();
    return box && box.width > 0 ? startUs + ((clientX - box.left) / box.width) * (rangeUs - startUs) : null;
  }, { leastUs: Math.max(startUs, playback.oldestReachableUs), mostUs: endUs });
  const sharedUs = useTopiq((state) => state.sharedUs);
  const markers = useMemo(() => withShared(timeline.markers, sharedUs), [timeline.markers, sharedUs]);
  const area = useMemo(() => lagArea(timeline.lag, startUs, rangeUs), [timeline.lag, startUs, rangeUs]);
  // The line is sampled now and then: what the groups say now counts, too.
  const waiting = useTopiq(({ image }) => [...(image?.groups.values() ?? [])].reduce((sum, group) => sum + group.waiting, 0) + [...(image?.queues.values() ?? [])].reduce((sum, queue) => sum + queue.readyCount, 0));
  const hasQueues = useTopiq(({ image }) => (image?.queues.size ?? 0) > 0);
  const percent = (timeUs: number): string => `${fractionOf(timeUs, startUs, rangeUs) * 100}%`;
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = keyTarget(event.key, nowUs, startUs, endUs);
    if (target === null) return;
    event.preventDefault();
    moveTo(target);
  };

  return (
    <div ref={track} className="timeline-line" {...dragging}>
      <span className="timeline-caption">{t(hasQueues ? "timeline.lagQueues" : "timeline.lag", { most: formatNumber(Math.max(area.most, waiting)) })}</span>
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
      {/* Made anew in another language: its labels are laid out by their words. */}
      <Markers key={language} markers={markers} startUs={startUs} rangeUs={rangeUs} nowUs={nowUs} width={width} />
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

interface Playhead {
  /** Where the playhead is drawn. */
  readonly nowUs: number;
  readonly moveTo: (timeUs: number) => void;
  readonly onPointerDown: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLDivElement>) => void;
  readonly onLostPointerCapture: () => void;
}

/** The moment shown, or the one that the playhead is being put to until the world has got there. While it is held, the run stands still. */
function usePlayhead(playback: Playback, timeAt: (clientX: number) => number | null, reachable: { readonly leastUs: number; readonly mostUs: number }): Playhead {
  const [putUs, setPutUs] = useState<number | null>(null);
  const held = useRef<{ readonly resume: boolean } | null>(null);
  useEffect(() => {
    if (held.current === null && seekSettled()) setPutUs(null);
  }, [playback]);
  const moveTo = (wantedUs: number): void => {
    const timeUs = Math.min(Math.max(wantedUs, reachable.leastUs), reachable.mostUs);
    setPutUs(timeUs);
    void performAction("seek", { timeUs });
  };
  const moveToPointer = ({ clientX }: PointerEvent): void => {
    const timeUs = timeAt(clientX);
    if (timeUs !== null) moveTo(timeUs);
  };
  return {
    nowUs: putUs ?? playback.timeUs,
    moveTo,
    onPointerDown: (event) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest("button"))) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      held.current = { resume: playback.playing };
      if (playback.playing) pause();
      moveToPointer(event);
    },
    onPointerMove: (event) => {
      if (held.current) moveToPointer(event);
    },
    // However the holding ends: let go, cancelled, or taken away.
    onLostPointerCapture: () => {
      if (held.current?.resume) play();
      held.current = null;
    },
  };
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
