import { type KeyboardEvent, memo, type MouseEvent, type ReactNode } from "react";
import { formatTopicPartition } from "../core/kafka/topicPartition";
import { t } from "../i18n/t";
import { select, useTopiq, type TopiqState } from "../store/topiqStore";
import { formatCount } from "./formatCount";
import { groupDash, groupLetter } from "./groupLine";
import { type LaneCell, laneModel, type LaneTrack } from "./laneModel";

interface LaneProps {
  readonly topic: string;
  readonly partition: number;
  /** Groups with a track, in order. */
  readonly tracks: readonly string[];
  /** Cells that fit, and their distance in CSS pixels. */
  readonly cells: number;
  readonly step: number;
  readonly language: string;
}

/** One partition drawn as a log: the newest records with their offsets, the end, the high watermark, and each group's place in it. */
export const Lane = memo(function Lane({ topic, partition, tracks, cells, step }: LaneProps): ReactNode {
  const image = useTopiq((state) => state.image?.partitions.get(formatTopicPartition(topic, partition)));
  const leading = useTopiq(leadingGroup);
  const selected = useTopiq((state) => selectedOffset(state, topic, partition));
  if (!image) return null;
  const lane = laneModel(image, tracks, cells, leading);
  const choose = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation();
    select([{ kind: "partition", topic, partition }]);
  };
  return (
    <div
      className={`scene-lane nodrag ${selected === null ? "" : "scene-lane-selected"}`}
      role="button"
      tabIndex={0}
      aria-pressed={selected !== null}
      aria-label={t("canvas.laneLabel", { topic, partition, end: image.logEndOffset, count: image.recordCount })}
      onClick={choose}
      onKeyDown={(event) => {
        if (event.key === "Enter") choose(event);
      }}
    >
      <span className="scene-lane-name">P{partition}</span>
      {lane.earlier > 0 && (
        <span className="scene-earlier" title={t("canvas.earlierWhy", { count: lane.earlier })}>
          <b>+{formatCount(lane.earlier)}</b> {t("canvas.earlier")}
        </span>
      )}
      <div className="scene-cells">
        <span className="scene-slot" style={{ transform: `translateX(${lane.cells.length * step}px)` }} />
        {lane.highWatermarkAt !== null && (
          <span className="scene-watermark" title={t("canvas.highWatermark", { offset: image.highWatermark })} style={{ transform: `translateX(${lane.highWatermarkAt * step}px)` }} />
        )}
        {lane.cells.map((cell, place) => (
          <Cell key={cell.record.offset} cell={cell} x={place * step} topic={topic} partition={partition} selected={selected === cell.record.offset} />
        ))}
      </div>
      {lane.tracks.map((track) => (
        <Track key={track.groupId} track={track} end={lane.cells.length * step} step={step} />
      ))}
    </div>
  );
});

interface CellProps {
  readonly cell: LaneCell;
  readonly x: number;
  readonly topic: string;
  readonly partition: number;
  readonly selected: boolean;
}

const Cell = memo(
  function Cell({ cell, x, topic, partition, selected }: CellProps): ReactNode {
    const { record, state, readBy } = cell;
    return (
      <span
        className={`scene-cell scene-cell-${state} ${selected ? "scene-cell-selected" : ""}`}
        data-colour={record.colour}
        style={{ transform: `translateX(${x}px)` }}
        title={t(`canvas.cell.${state}`, { offset: record.offset, key: record.key ?? t("canvas.noKey") })}
        onClick={(event) => {
          event.stopPropagation();
          select([{ kind: "record", topic, partition, offset: record.offset }]);
        }}
      >
        {record.offset}
        {readBy.length > 0 && (
          <i className="scene-ticks">
            {readBy.map((groupId) => (
              <b key={groupId} />
            ))}
          </i>
        )}
      </span>
    );
  },
  (before, after) =>
    before.x === after.x &&
    before.selected === after.selected &&
    before.cell.record.offset === after.cell.record.offset &&
    before.cell.record.colour === after.cell.record.colour &&
    before.cell.state === after.cell.state &&
    before.cell.readBy.length === after.cell.readBy.length,
);

/** One group's place: its badge under the next record to read, from there a line to the end as long as its lag, and the number. */
function Track({ track, end, step }: { readonly track: LaneTrack; readonly end: number; readonly step: number }): ReactNode {
  const letter = useTopiq((state) => state.image?.groups.get(track.groupId)?.letter ?? 0);
  const at = track.at === null ? 0 : Math.max(0, track.at) * step;
  const before = track.at === -1;
  const lineFrom = before ? 9 : at + step / 2;
  const title = track.at === null ? t("canvas.trackUnknown", { group: track.groupId }) : t("canvas.track", { group: track.groupId, offset: track.nextOffset, count: track.waiting });
  return (
    <div className="scene-track" title={title}>
      {track.waiting > 0 && track.at !== null && (
        <>
          <svg className="scene-track-line" width={Math.max(0, end - 4 - lineFrom)} height="4" style={{ transform: `translateX(${lineFrom}px)` }} aria-hidden="true">
            <line x1="0" y1="2" x2="100%" y2="2" strokeDasharray={groupDash(letter)} />
          </svg>
          <span className="scene-waiting" style={{ transform: `translateX(${Math.max(end, at + step)}px)` }}>
            −{formatCount(track.waiting)}
          </span>
        </>
      )}
      <span className={`scene-badge ${track.at === null ? "scene-badge-unknown" : ""} ${before ? "scene-badge-before" : ""}`} style={{ transform: `translateX(${at}px)` }}>
        {groupLetter(letter)}
      </span>
    </div>
  );
}

/** The group whose reading the cells show: the selected one, or that of the selected consumer. */
function leadingGroup(state: TopiqState): string | null {
  const leading = state.selection.at(-1);
  if (leading?.kind === "group") return leading.id;
  return leading?.kind === "consumer" ? (state.image?.consumers.get(leading.id)?.spec.groupId ?? null) : null;
}

/** Null when neither this lane nor a record in it is selected; -1 for the lane as a whole. */
function selectedOffset(state: TopiqState, topic: string, partition: number): number | null {
  const leading = state.selection.at(-1);
  if (leading?.kind !== "partition" && leading?.kind !== "record") return null;
  if (leading.topic !== topic || leading.partition !== partition) return null;
  return leading.kind === "record" ? leading.offset : -1;
}
