import { type KeyboardEvent, type ReactNode, useMemo, useState } from "react";
import { performAction } from "../../actions/actions";
import { formatClock } from "../../actions/clock";
import type { Marker } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { placeLabels } from "./markerLabels";
import { markerLabel, markerSentence } from "./markerText";
import { fractionOf } from "./timeRange";

export interface MarkersProps {
  readonly markers: readonly Marker[];
  readonly startUs: number;
  readonly rangeUs: number;
  readonly nowUs: number;
  /** Of the line, CSS pixels. */
  readonly width: number;
}

/** The run's events on the line. One stop for Tab; arrow keys go from one to the next, Enter goes to its moment. */
export function Markers({ markers, startUs, rangeUs, nowUs, width }: MarkersProps): ReactNode {
  const [current, setCurrent] = useState(0);
  const placed = useMemo(() => {
    const labels = markers.map(markerLabel);
    const places = placeLabels(
      markers.map((marker, index) => ({
        x: fractionOf(marker.timeUs, startUs, rangeUs) * width,
        width: textWidth(labels[index] ?? ""),
        important: marker.severity === "bad",
      })),
      width,
    );
    return markers.map((marker, index) => ({ marker, label: labels[index] ?? "", place: places[index] ?? null }));
  }, [markers, startUs, rangeUs, width]);

  const stop = Math.min(current, markers.length - 1);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const target = { ArrowRight: stop + 1, ArrowLeft: stop - 1, Home: 0, End: markers.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    const index = Math.min(Math.max(0, target), markers.length - 1);
    setCurrent(index);
    event.currentTarget.querySelectorAll<HTMLElement>("button")[index]?.focus();
  };

  return (
    <div className="timeline-markers" role="group" aria-label={t("timeline.markers")} onKeyDown={onKeyDown}>
      {placed.map(({ marker, label, place }, index) => (
        <button
          key={`${marker.timeUs}-${index}`}
          type="button"
          className={`timeline-marker timeline-marker-${marker.severity} ${marker.timeUs > nowUs ? "timeline-ahead" : ""}`}
          style={{ left: `${fractionOf(marker.timeUs, startUs, rangeUs) * 100}%` }}
          tabIndex={index === stop ? 0 : -1}
          title={`${formatClock(marker.timeUs)} ${markerSentence(marker)}`}
          aria-label={`${formatClock(marker.timeUs)} ${label}`}
          onFocus={() => setCurrent(index)}
          onClick={() => void performAction("seek", { timeUs: marker.timeUs })}
        >
          <span className="timeline-diamond" />
          {place && (
            <span className="timeline-label" style={{ left: place.left - fractionOf(marker.timeUs, startUs, rangeUs) * width, width: place.width }}>
              <span>{label}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** An estimate on the safe side, so that placing labels needs no layout: at 11.5 px a Latin letter is about 6.7 px, a Hangul syllable 11.5. */
function textWidth(text: string): number {
  let width = 8;
  for (const letter of text) width += letter > "\u1100" ? 11.6 : 6.9;
  return Math.ceil(width);
}
