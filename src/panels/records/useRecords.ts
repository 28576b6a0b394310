import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";
import { query } from "../../actions/simulation";
import type { PartitionImage } from "../../core/picture/image";
import { type TopiqState, useTopiq } from "../../store/topiqStore";
import { appendOlder, logEnds, newerCount, rowsBefore, rowsInLog, type LogEnds, type RecordRow } from "./recordWindow";

export interface RecordsSource {
  readonly topic: string;
  /** null: all partitions, by time. */
  readonly partition: number | null;
  /** The partitions that are shown, as they are now. */
  readonly partitions: readonly PartitionImage[];
  /** Only records with this text in their key or value; "" is all. */
  readonly search: string;
  /** The rows stay as they are. */
  readonly held: boolean;
}

export interface Records {
  /** Newest first. */
  readonly rows: readonly RecordRow[];
  readonly loaded: boolean;
  /** There are older ones. */
  readonly more: boolean;
  /** How many have come since the rows were held. */
  readonly newer: number;
  readonly loadOlder: () => void;
  /** Shows the record at this offset with its neighbours, for as long as the rows are held. */
  readonly loadAround: (offset: number) => Promise<void>;
}

interface Page {
  /** What was asked, to tell rows that are no longer wanted. */
  readonly question: string;
  readonly rows: readonly RecordRow[];
  readonly more: boolean;
  /** Ends of the logs when the newest row was read. */
  readonly ends: LogEnds;
  /** The neighbours of a record, not the newest ones. */
  readonly around: boolean;
}

const PAGE_SIZE = 100;
const NEWER_NEIGHBOURS = 40;
const emptyPage: Page = { question: "", rows: [], more: false, ends: {}, around: false };

/** The rows of the records browser: the live tail, or, while they are held, what was loaded, with more of the past on demand. */
export function useRecords(source: RecordsSource): Records {
  const [page, setPage] = useState<Page | null>(null);
  const question = `${useStepsBack()}/${source.search}`;
  const latest = useRef({ source, question });
  useLayoutEffect(() => {
    latest.current = { source, question };
  });
  const older = useRef(false);

  // Nothing that the picture does not have yet: the world has gone on since.
  const read = async (before: LogEnds, limit: number): Promise<Page | null> => {
    const asked = latest.current;
    const { topic, partition, search, partitions } = asked.source;
    const result = await query({ kind: "records", topic, partition, before: { ...logEnds(partitions), ...before }, limit, search });
    if (latest.current.question !== asked.question) return null;
    return { question: asked.question, rows: result.records, more: result.more, ends: logEnds(partitions), around: false };
  };

  // Following again after a jump, the tail is another question than the neighbours of a record.
  useTail(`${question}/${page?.around === true && !source.held}`, source, async () => {
    const tail = await read({}, PAGE_SIZE);
    // Rows that were held meanwhile stay, unless they answer an older question.
    if (tail) setPage((current) => (latest.current.source.held && current?.question === tail.question ? current : tail));
  });

  const shown = page ?? emptyPage;
  const loadOlder = async (): Promise<void> => {
    const last = shown.rows.at(-1);
    if (older.current || !shown.more || !last) return;
    older.current = true;
    // Across partitions there is no offset to go on from: the whole list is read again with room for more, and what has come since is left out.
    const across = source.partition === null;
    const limit = across ? shown.rows.length + newerCount(shown.ends, source.partitions) + PAGE_SIZE : PAGE_SIZE;
    const next = await read(across ? {} : { [last.partition]: last.offset }, limit).finally(() => (older.current = false));
    if (next) setPage({ ...shown, rows: appendOlder(shown.rows, across ? rowsBefore(next.rows, shown.ends) : next.rows), more: next.more });
  };
  const loadAround = async (offset: number): Promise<void> => {
    const log = source.partitions.find(({ partition }) => partition === source.partition);
    const next = await read({ [source.partition ?? 0]: Math.min(offset + 1 + NEWER_NEIGHBOURS, log?.logEndOffset ?? Infinity) }, PAGE_SIZE);
    if (next) setPage({ ...next, around: true, ends: { [source.partition ?? 0]: (next.rows[0]?.offset ?? offset) + 1 } });
  };
  return {
    rows: rowsInLog(shown.rows, source.partitions),
    loaded: page !== null,
    more: shown.more,
    newer: newerCount(shown.ends, source.partitions),
    loadOlder: () => void loadOlder(),
    loadAround,
  };
}

/** Loads the newest rows at first, when something else is asked, and, unless the rows are held, whenever the logs change. One load at a time. */
function useTail(question: string, source: RecordsSource, load: () => Promise<void>): void {
  const [version, setVersion] = useState("");
  const busy = useRef(false);
  const done = useRef<string | null>(null);
  const [round, setRound] = useState(0);
  const logs = source.partitions.map((log) => `${log.logStartOffset}-${log.logEndOffset}`).join();
  if (!source.held && version !== logs) setVersion(logs);
  const wanted = `${question}/${version}`;
  const loadNewest = useEffectEvent(load);
  useEffect(() => {
    if (busy.current || done.current === wanted) return;
    done.current = wanted;
    busy.current = true;
    void loadNewest().finally(() => {
      busy.current = false;
      // What changed while this was being loaded is loaded next.
      setRound((current) => current + 1);
    });
  }, [wanted, round]);
}

/** How often time went back: rows from a future that is gone must not stay. */
function useStepsBack(): number {
  const [countSteps] = useState(stepsBack);
  return useTopiq(countSteps);
}

/** Counts them as the pictures come: asked twice about one picture, it says the same. */
function stepsBack(): (state: TopiqState) => number {
  let lastUs = 0;
  let count = 0;
  return ({ image }) => {
    const timeUs = image?.clock.timeUs ?? 0;
    if (timeUs < lastUs) count += 1;
    lastUs = timeUs;
    return count;
  };
}
