import { type CSSProperties, type KeyboardEvent, memo, type MouseEvent, type ReactNode, useState } from "react";
import { useShallow } from "zustand/shallow";
import { logPart, partitionSelection, recordSelection } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t } from "../../i18n/t";
import { select, useTopiq, type TopiqState } from "../../store/topiqStore";
import { formatCount } from "../marks/formatCount";
import { sendKey, setPointed, useFollowed } from "../marks/followed";
import { EarlierFigure, WaitingFigure } from "../marks/Figures";
import { groupDash, groupLetter } from "../marks/groupLine";
import { chosenParts } from "../layout/chosenParts";
import { type LaneCell, type LaneModel, laneModel, type LaneTrack } from "./laneModel";

interface LaneProps {
  readonly topic: string;
  readonly partition: number;
  /** Groups with a track, in order. */
  readonly tracks: readonly string[];
  /** They share one track. */
  readonly isMerged: boolean;
  /** Cells that fit, and their distance in CSS pixels. */
  readonly cells: number;
  readonly step: number;
  readonly language: string;
}

/**
 * One partition drawn as a log: the newest records with their offsets, the end, the high watermark, and each group's place in it. All of
 * them lie on one strip that moves on as the log grows: however fast that is, nothing on it passes or covers anything else.
 */
export const Lane = memo(function Lane({ topic, partition, tracks, isMerged, cells, step }: LaneProps): ReactNode {
  const image = useTopiq((state) => state.image?.partitions.get(formatTopicPartition(topic, partition)));
  // The group whose reading the cells show.
  const leading = useTopiq((state) => chosenParts(state).group);
  const selected = useTopiq((state) => selectedOffset(state, topic, partition));
  if (!image) return null;
  const lane = laneModel(image, tracks, cells, leading);
  const choose = (event: MouseEvent | KeyboardEvent): void => {
    event.stopPropagation();
    select([partitionSelection(topic, partition)]);
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
          <EarlierFigure count={formatCount(lane.earlier)} />
        </span>
      )}
      <Strips lane={lane} step={step} most={cells} topic={topic} partition={partition} highWatermark={image.highWatermark} isMerged={isMerged} selected={selected} />
    </div>
  );
});

interface StripsProps {
  readonly lane: LaneModel;
  readonly step: number;
  /** Cells that fit. */
  readonly most: number;
  readonly topic: string;
  readonly partition: number;
  readonly highWatermark: number;
  readonly isMerged: boolean;
  readonly selected: number | null;
}

/** The strip of cells, and under it each group's track, which moves with it. */
function Strips({ lane, step, most, topic, partition, highWatermark, isMerged, selected }: StripsProps): ReactNode {
  const { style, className, origin } = useStrip(lane.earlier, step, most);
  const followed = useFollowed();
  const x = (place: number): number => (lane.earlier - origin + place) * step;
  const cells = [...lane.leaving, ...lane.cells];
  return (
    <>
      <div className="scene-cells">
        <div className={`scene-strip ${className}`} style={style}>
          <span className="scene-slot" style={{ transform: `translateX(${x(lane.cells.length)}px)` }} />
          {lane.highWatermarkAt !== null && (
            <span className="scene-watermark" title={t("canvas.highWatermark", { offset: highWatermark })} style={{ transform: `translateX(${x(lane.highWatermarkAt)}px)` }} />
          )}
          {cells.map((cell, at) => (
            <Cell key={cell.record.offset} cell={cell} x={x(at - lane.leaving.length)} topic={topic} partition={partition} selected={selected === cell.record.offset} isFollowed={cell.record.sent !== undefined && sendKey(cell.record.sent) === followed} />
          ))}
        </div>
      </div>
      {isMerged && (
        <div className="scene-track" title={lane.tracks.map(trackTitle).join("\n")}>
          <div className={`scene-strip ${className}`} style={style}>
            <MergedTrack tracks={lane.tracks} end={x(lane.cells.length)} start={x(0)} step={step} />
          </div>
        </div>
      )}
      {(isMerged ? [] : lane.tracks).map((track) => (
        <div key={track.groupId} className="scene-track" title={trackTitle(track)}>
          <div className={`scene-strip ${className}`} style={style}>
            <Track track={track} end={x(lane.cells.length)} start={x(0)} step={step} />
          </div>
        </div>
      ))}
    </>
  );
}

/** Cells after which places are counted anew, so that they stay numbers that a screen can draw. */
const STRETCH = 1000;

/**
 * Where the strip stands: so many records lie before the first cell. It eases to there when it moves on by less than what fits; when there is
 * nothing on it that stood there before, it jumps.
 */
function useStrip(earlier: number, step: number, most: number): { readonly style: CSSProperties; readonly className: string; readonly origin: number } {
  const origin = Math.floor(earlier / STRETCH) * STRETCH;
  const [stood, setStood] = useState({ earlier, origin, isEased: true });
  let { isEased } = stood;
  if (stood.earlier !== earlier) {
    const moved = earlier - stood.earlier;
    isEased = origin === stood.origin && moved >= 0 && moved <= most;
    setStood({ earlier, origin, isEased });
  }
  return { style: { transform: `translateX(${-(earlier - origin) * step}px)` }, className: isEased ? "" : "scene-strip-jump", origin };
}

interface CellProps {
  readonly cell: LaneCell;
  readonly x: number;
  readonly topic: string;
  readonly partition: number;
  readonly selected: boolean;
  readonly isFollowed: boolean;
}

const Cell = memo(
  function Cell({ cell, x, topic, partition, selected, isFollowed }: CellProps): ReactNode {
    const { record, state, readBy } = cell;
    return (
      <span
        className={`scene-cell scene-cell-${state} ${selected ? "scene-cell-selected" : ""} ${isFollowed ? "scene-followed" : ""}`}
        data-colour={record.colour}
        style={{ transform: `translateX(${x}px)` }}
        title={t(`canvas.cell.${state}`, { offset: record.offset, key: record.key ?? t("canvas.noKey") })}
        onPointerEnter={() => setPointed(record.sent)}
        onPointerLeave={() => setPointed(null)}
        onClick={(event) => {
          event.stopPropagation();
          select([recordSelection(topic, partition, record.offset)]);
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
    before.isFollowed === after.isFollowed &&
    before.cell.record.offset === after.cell.record.offset &&
    before.cell.record.colour === after.cell.record.colour &&
    before.cell.state === after.cell.state &&
    before.cell.readBy.length === after.cell.readBy.length,
);

/** One group's place: its badge under the next record to read, from there a line to the end as long as its lag, and the number. */
function Track({ track, start, end, step }: { readonly track: LaneTrack; readonly start: number; readonly end: number; readonly step: number }): ReactNode {
  const letter = useTopiq((state) => state.image?.groups.get(track.groupId)?.letter ?? 0);
  const before = track.at === -1;
  const at = start + Math.max(0, track.at ?? 0) * step;
  const lineFrom = before ? start : at + step / 2;
  return (
    <>
      {track.waiting > 0 && track.at !== null && (
        <>
          <svg className="scene-track-line" width={Math.max(0, end - 4 - lineFrom)} height="4" style={{ transform: `translateX(${lineFrom}px)` }} aria-hidden="true">
            <line x1="0" y1="2" x2="100%" y2="2" strokeDasharray={groupDash(letter)} />
          </svg>
          <span className="scene-waiting" style={{ transform: `translateX(${Math.max(end, at + step)}px)` }}>
            <WaitingFigure count={formatCount(track.waiting)} />
          </span>
        </>
      )}
      <span className={`scene-badge ${track.at === null ? "scene-badge-unknown" : ""} ${before ? "scene-badge-before" : ""}`} style={{ transform: `translateX(${at}px)` }}>
        {groupLetter(letter)}
      </span>
    </>
  );
}

/** All groups' places on one track: who stands at the same record shares a badge, and the number is that of the group for which most waits. */
function MergedTrack({ tracks, start, end, step }: { readonly tracks: readonly LaneTrack[]; readonly start: number; readonly end: number; readonly step: number }): ReactNode {
  const letters = useTopiq(useShallow(({ image }) => tracks.map(({ groupId }) => groupLetter(image?.groups.get(groupId)?.letter ?? 0))));
  const places = new Map<number, string[]>();
  tracks.forEach(({ at }, index) => {
    if (at !== null) places.set(at, [...(places.get(at) ?? []), letters[index] ?? ""]);
  });
  // Behind a letter in the place of the next record there is room for the number alone; before it, for the word as well, if no other letter is near.
  const [last, beforeLast = -1] = [...places.keys()].sort((one, other) => other - one);
  const isAtEnd = last !== undefined && start + last * step >= end;
  const labels = [...places].map(([at, there]) => [at, there.length > MOST_LETTERS ? `${there.slice(0, MOST_LETTERS - 1).join("·")}+${there.length - MOST_LETTERS + 1}` : there.join("·")] as const);
  // Several letters reach beyond their cell.
  const behindLetters = Math.max(0, ...labels.map(([at, text]) => (at < 0 ? 0 : start + at * step + step / 2 + text.length * LETTER_PX)));
  const isBefore = isAtEnd && end - (start + beforeLast * step) > WORD_ROOM_PX;
  const behind = tracks.reduce<LaneTrack | undefined>((most, track) => (track.waiting > (most?.waiting ?? 0) ? track : most), undefined);
  return (
    <>
      {labels.map(([at, text]) => (
        <span key={text} className={`scene-badge scene-badge-shared ${at === -1 ? "scene-badge-before" : ""}`} style={{ transform: `translateX(${start + Math.max(0, at) * step}px)${at === -1 ? " translateX(-100%)" : ""}` }}>
          {text}
        </span>
      ))}
      {behind && (
        <span className="scene-waiting scene-waiting-shared" style={{ transform: isBefore ? `translateX(${end - step / 4}px) translateX(-100%)` : `translateX(${Math.max(end + (isAtEnd ? step : 0), behindLetters)}px)` }}>
          {letters[tracks.indexOf(behind)]}: {!isBefore && (isAtEnd || behind.waiting >= WORDLESS) ? formatCount(behind.waiting) : <WaitingFigure count={formatCount(behind.waiting)} />}
        </span>
      )}
    </>
  );
}

const MOST_LETTERS = 3;
/** From so many on the figure leaves no room for a word. */
const WORDLESS = 100;
const LETTER_PX = 7.5;
/** Pixels of the graph that a figure with its word takes, and a letter beside it. */
const WORD_ROOM_PX = 150;

function trackTitle(track: LaneTrack): string {
  return track.at === null ? t("canvas.trackUnknown", { group: track.groupId }) : t("canvas.track", { group: track.groupId, offset: track.nextOffset, count: track.waiting });
}

/** Null when neither this lane nor a record in it is selected; -1 for the lane as a whole. */
function selectedOffset({ selection }: TopiqState, topic: string, partition: number): number | null {
  const leading = selection.at(-1);
  const part = leading ? logPart(leading) : null;
  return part?.topic === topic && part.partition === partition ? (part.offset ?? -1) : null;
}
