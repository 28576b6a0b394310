import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from "react";
import type { PartitionImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { formatTimeMs } from "../inspector/parts/formatTime";
import { CommittedBadge } from "../inspector/parts/CommittedBadge";
import { KeyText } from "../inspector/parts/marks";
import { useNames } from "../inspector/parts/names";
import { rowId, visibleRows, type RecordRow } from "./recordWindow";
import { useLetters } from "./useLetters";
import type { Records } from "./useRecords";

export interface RecordGridProps {
  readonly label: string;
  /** The element that scrolls. */
  readonly list: RefObject<HTMLDivElement | null>;
  readonly records: Records;
  readonly showPartition: boolean;
  readonly partitions: readonly PartitionImage[];
  readonly selected: { readonly partition: number; readonly offset: number } | null;
  /** The rows stay as they are. */
  readonly held: boolean;
  /** Stands where there is no row. */
  readonly empty: ReactNode;
  readonly onSelect: (row: RecordRow) => void;
  /** The list has been scrolled away from its newest row, or back to it. */
  readonly onScrolled: (scrolled: boolean) => void;
}

const OVERSCAN_ROWS = 6;
const LOAD_AHEAD_ROWS = 20;
const PAGE_ROWS = 8;

/** The table itself. Only the rows in view are in the page; arrow keys move the selection. */
export function RecordGrid(props: RecordGridProps): ReactNode {
  const { list, records, selected, held, onScrolled } = props;
  const { rows } = records;
  const [scrollTop, setScrollTop] = useState(0);
  const height = useHeight(list);
  const rowHeight = useRowHeight();
  const range = visibleRows(scrollTop, height, rowHeight, rows.length, OVERSCAN_ROWS);
  const selectedIndex = selected ? rows.findIndex((row) => row.partition === selected.partition && row.offset === selected.offset) : -1;

  useRowInView(list, selectedIndex < 0 ? null : selectedIndex, rowHeight, selected ? rowId(selected) : "");
  useEffect(() => {
    if (held && rows.length > 0 && range.end >= rows.length - LOAD_AHEAD_ROWS) records.loadOlder();
  });

  return (
    <div
      className={`records-grid ${props.showPartition ? "records-across" : ""}`}
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={selectedIndex >= range.first && selectedIndex < range.end ? "records-selected" : undefined}
      tabIndex={0}
      onKeyDown={(event) => moveSelection(event, rows, selectedIndex, props.onSelect)}
    >
      <Head showPartition={props.showPartition} />
      <div
        ref={list}
        role="rowgroup"
        className="records-rows"
        onScroll={(event) => {
          const top = event.currentTarget.scrollTop;
          setScrollTop(top);
          onScrolled(top > rowHeight);
        }}
      >
        {rows.length === 0 && <p className="records-empty">{props.empty}</p>}
        <div role="none" className="records-space" style={{ height: rows.length * rowHeight }}>
          {rows.slice(range.first, range.end).map((row, index) => (
            <Row
              key={rowId(row)}
              row={row}
              index={range.first + index}
              top={(range.first + index) * rowHeight}
              selected={range.first + index === selectedIndex}
              grid={props}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Head({ showPartition }: { readonly showPartition: boolean }): ReactNode {
  return (
    <div role="row" className="records-row records-head">
      <span role="columnheader" className={showPartition ? "" : "records-wide"} title={t("records.partition")}>
        P
      </span>
      <span role="columnheader">{t("records.offset")}</span>
      <span role="columnheader">{t("records.key")}</span>
      <span role="columnheader">{t("records.value")}</span>
      <span role="columnheader" className="records-wide" title={t("records.sender.title")}>
        {t("records.sender")}
      </span>
      <span role="columnheader">{t("records.time")}</span>
    </div>
  );
}

interface RowProps {
  readonly row: RecordRow;
  readonly index: number;
  /** CSS pixels from the top of the list. */
  readonly top: number;
  readonly selected: boolean;
  readonly grid: RecordGridProps;
}

function Row({ row, index, top, selected, grid }: RowProps): ReactNode {
  const name = useNames();
  return (
    <div
      role="row"
      id={selected ? "records-selected" : undefined}
      className="records-row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ top }}
      onClick={() => grid.onSelect(row)}
    >
      <span role="gridcell" className={grid.showPartition ? "" : "records-wide"}>
        {row.partition}
      </span>
      <span role="gridcell" className="records-place">
        {row.offset}
        <CommittedMarks log={grid.partitions.find((log) => log.partition === row.partition)} offset={row.offset} />
      </span>
      <span role="gridcell">
        <KeyText recordKey={row.key} colour={row.colour} />
      </span>
      <span role="gridcell" className="records-value" title={row.value ?? undefined}>
        {row.value ?? t("records.tombstone")}
      </span>
      <span role="gridcell" className="records-wide">
        {row.sender === null ? "–" : name("producer", row.sender)}
      </span>
      <span role="gridcell" className="records-time">
        {formatTimeMs(row.timestampMs)}
      </span>
    </div>
  );
}

/** The letters of the groups whose committed offset this is. */
function CommittedMarks({ log, offset }: { readonly log: PartitionImage | undefined; readonly offset: number }): ReactNode {
  const tracks = (log?.tracks ?? []).filter((track) => track.committedOffset === offset);
  const letters = useLetters(tracks);
  return tracks.map(({ groupId }, at) => {
    const letter = letters[at] ?? null;
    return letter === null ? null : <CommittedBadge key={groupId} letter={letter} name={t("records.committed.here", { group: groupId })} />;
  });
}

function moveSelection(event: KeyboardEvent, rows: readonly RecordRow[], selectedIndex: number, onSelect: (row: RecordRow) => void): void {
  const target = {
    ArrowDown: selectedIndex + 1,
    ArrowUp: selectedIndex - 1,
    PageDown: selectedIndex + PAGE_ROWS,
    PageUp: selectedIndex - PAGE_ROWS,
    Home: 0,
    End: rows.length - 1,
  }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  const row = rows[Math.max(0, Math.min(rows.length - 1, target))];
  if (row) onSelect(row);
}

/** CSS pixels: a finger needs more than a pointer. */
function useRowHeight(): number {
  return matchMedia("(pointer: coarse)").matches ? 44 : 26;
}

/** CSS pixels inside the element. */
function useHeight(element: RefObject<HTMLElement | null>): number {
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    if (!element.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setHeight(entry.contentRect.height));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return height;
}

/** Scrolls a newly selected row into view, once. */
function useRowInView(list: RefObject<HTMLElement | null>, index: number | null, rowHeight: number, id: string): void {
  const done = useRef("");
  useLayoutEffect(() => {
    const element = list.current;
    if (id === "") done.current = "";
    if (!element || index === null || done.current === id) return;
    done.current = id;
    const top = index * rowHeight;
    const below = top + rowHeight - element.scrollTop - element.clientHeight;
    // The next row comes in at the bottom; one from afar, with a single newer one above it, where even a low sheet shows it.
    if (below > rowHeight || top < element.scrollTop - rowHeight) element.scrollTo({ top: top - rowHeight });
    else if (below > 0) element.scrollTo({ top: element.scrollTop + below });
    else if (top < element.scrollTop) element.scrollTo({ top });
  });
}
