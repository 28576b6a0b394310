import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from "react";
import type { PartitionImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { Button } from "../../ui/Button";
import { BelowButton } from "../below/BelowButton";
import { CommittedBadge } from "../inspector/parts/CommittedBadge";
import { Term } from "../inspector/parts/Term";
import { useLetters } from "./useLetters";
import { RecordGrid } from "./RecordGrid";
import type { RecordRow } from "./recordWindow";
import { type Records, useRecords } from "./useRecords";
import "./records.css";

export interface RecordsBrowserProps {
  readonly topic: string;
  /** It is Kafka's own. */
  readonly isInternal: boolean;
  /** null: all partitions. */
  readonly partition: number | null;
  readonly partitions: readonly PartitionImage[];
  /** The selected record, if it is one of these. */
  readonly selected: { readonly partition: number; readonly offset: number } | null;
  /** "" is all. */
  readonly search: string;
  readonly onSearch: (search: string) => void;
  /** To look in all partitions. */
  readonly onSearchAll: () => void;
  readonly onSelect: (row: { readonly partition: number; readonly offset: number }) => void;
}

/**
 * The records of a partition, or of a topic across its partitions by time, newest first. The tail is live until it is paused, scrolled
 * away from, or left for an offset; the rows then stay. Mount it anew (by key) for another topic or partition.
 */
export function RecordsBrowser({ topic, isInternal, partition, partitions, selected, search, onSearch, onSearchAll, onSelect }: RecordsBrowserProps): ReactNode {
  const [paused, setPaused] = useState(false);
  const [scrolled, setScrolled] = useState(false);
  const held = paused || scrolled;
  const list = useRef<HTMLDivElement>(null);
  const records = useRecords({ topic, partition, partitions, search, held });
  const [wanted, setWanted] = useState("");
  const selectRow = (row: RecordRow): void => {
    setWanted("");
    onSelect({ partition: row.partition, offset: row.offset });
  };

  const jump = (offset: number): void => {
    if (partition === null) return;
    setPaused(true);
    onSearch("");
    void records.loadAround(offset);
    onSelect({ partition, offset });
  };
  const follow = (): void => {
    list.current?.scrollTo({ top: 0 });
    setWanted("");
    setPaused(false);
    setScrolled(false);
  };
  useSelectedInView(partition, selected, records, jump, () => setPaused(true));

  return (
    <div className={`records ${isInternal ? "records-internal" : ""}`}>
      <div className="records-tools">
        <input
          type="search"
          className="ui-input"
          aria-label={t("records.search.label")}
          placeholder={partition === null ? t("records.search") : t("records.search.in", { partition })}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
        />
        {partition !== null && partitions[0] && <OffsetJump log={partitions[0]} text={wanted} onText={setWanted} onJump={jump} />}
        <Button
          className="records-live"
          role="switch"
          aria-checked={!held}
          title={t(held ? "records.resume.title" : "records.pause.title")}
          icon={<i className="records-live-sign" />}
          onClick={() => (held ? follow() : setPaused(true))}
        >
          {t("records.live")}
        </Button>
        <BelowButton what="records" />
      </div>
      <RecordGrid
        label={partition === null ? t("records.grid.all", { topic }) : t("records.grid.one", { topic, partition })}
        list={list}
        records={records}
        showPartition={partition === null}
        partitions={partitions}
        selected={selected}
        held={held}
        empty={<Empty isLoaded={records.loaded} search={search} partition={partition} onSearchAll={onSearchAll} />}
        onSelect={selectRow}
        onScrolled={setScrolled}
      />
      <div className="records-foot">
        {partition !== null && partitions[0] && <CommittedOffsets log={partitions[0]} onJump={jump} />}
        {held && records.newer > 0 && (
          <button type="button" className="records-newer" onClick={follow}>
            {t("records.newer", { count: records.newer })}
          </button>
        )}
      </div>
    </div>
  );
}

/** Why there is no row, and where else to look. */
function Empty({ isLoaded, search, partition, onSearchAll }: Pick<RecordsBrowserProps, "search" | "partition" | "onSearchAll"> & { readonly isLoaded: boolean }): ReactNode {
  if (!isLoaded || search === "") return t(isLoaded ? "records.none" : "records.loading");
  if (partition === null) return t("records.noMatch");
  return (
    <>
      {t("records.noMatch.in", { partition })}{" "}
      <button type="button" className="panel-link" onClick={onSearchAll}>
        {t("records.searchAll")}
      </button>
    </>
  );
}

/** A record that was selected elsewhere is brought into the list, and the list then stays: newer rows would push it out of view. */
function useSelectedInView(
  partition: number | null,
  selected: RecordsBrowserProps["selected"],
  { loaded, rows }: Records,
  jump: (offset: number) => void,
  hold: () => void,
): void {
  const shown = useRef<number | null>(null);
  const offset = selected && selected.partition === partition ? selected.offset : null;
  const bring = useEffectEvent((wanted: number) => {
    if (rows.some((row) => row.offset === wanted)) hold();
    else jump(wanted);
  });
  useEffect(() => {
    if (!loaded || shown.current === offset) return;
    shown.current = offset;
    if (offset !== null) bring(offset);
  }, [offset, loaded]);
}

interface OffsetJumpProps {
  readonly log: PartitionImage;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly onJump: (offset: number) => void;
}

function OffsetJump({ log, text, onText, onJump }: OffsetJumpProps): ReactNode {
  const offset = Number(text);
  const last = log.logEndOffset - 1;
  const wrong = text !== "" && (!/^\d+$/.test(text.trim()) || offset < log.logStartOffset || offset > last);
  const allowed = last < log.logStartOffset ? t("records.none") : t("records.offset.allowed", { first: log.logStartOffset, last });
  return (
    <form
      className="records-offset"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "" && !wrong) onJump(offset);
      }}
    >
      <input
        className="ui-input ui-input-mono"
        inputMode="numeric"
        aria-label={t("records.offset.label")}
        aria-invalid={wrong}
        title={t("records.offset.title")}
        placeholder={t("records.offset")}
        value={text}
        onChange={(event) => onText(event.target.value)}
      />
      {wrong && (
        <span role="alert" className="records-offset-problem">
          {allowed}
        </span>
      )}
    </form>
  );
}

/** Where each group would go on after a restart; pressed, it shows that record. */
function CommittedOffsets({ log, onJump }: { readonly log: PartitionImage; readonly onJump: (offset: number) => void }): ReactNode {
  const tracks = log.tracks.filter((track) => track.committedOffset >= 0);
  const letters = useLetters(tracks);
  if (letters.every((letter) => letter === null)) return null;
  return (
    <div className="records-committed">
      <Term word="term.committed" meaning="term.committed.meaning" />
      {tracks.map((track, at) => {
        const letter = letters[at] ?? null;
        if (letter === null) return null;
        const atEnd = track.committedOffset >= log.logEndOffset;
        return (
          <button
            key={track.groupId}
            type="button"
            disabled={atEnd || track.committedOffset < log.logStartOffset}
            title={t(atEnd ? "records.committed.end" : "records.committed.title", { group: track.groupId, offset: track.committedOffset })}
            onClick={() => onJump(track.committedOffset)}
          >
            <CommittedBadge letter={letter} name={track.groupId} />
            {track.committedOffset}
          </button>
        );
      })}
    </div>
  );
}
