import { create } from "zustand";
import type { FutureId } from "../bridge/messages";
import type { Command } from "../core/world/command";
import { t } from "../i18n/t";
import { setView, useTopiq } from "../store/topiqStore";
import { formatClock } from "./clock";
import { applyDocumentPatch, type DocumentPatch } from "./documentEdits";
import { tellProblem } from "./problems";
import { move, observeSubmissions, type Refusal, submit, type SubmitAnswer, submitUnobserved } from "./simulation";

/** One thing that can be taken back. Times are those at which its commands were given. */
type UndoEntry =
  | { readonly kind: "document"; readonly forward: DocumentPatch; readonly backward: DocumentPatch }
  /** Taken back by commands given now. */
  | {
      readonly kind: "commands";
      readonly timeUs: number;
      readonly journalLength: number;
      readonly forward: readonly Command[];
      readonly backward: readonly Command[];
    }
  /** Taken back by rewinding to before the journal had more than so many commands. */
  | { readonly kind: "rewind"; readonly timeUs: number; readonly journalLength: number }
  /** A command given after seeking back, which dropped a future: taken back by bringing that very future back, with the notes that belong to it. */
  | { readonly kind: "fork"; readonly timeUs: number; readonly future: FutureId; readonly command: UndoEntry; readonly dropped: readonly UndoEntry[] };

/** One thing that can be done again: as it was done first, or by bringing back the future that taking it back has ended. */
type RedoEntry = { readonly entry: UndoEntry; readonly future: FutureId | null };

interface UndoState {
  readonly done: readonly UndoEntry[];
  readonly undone: readonly RedoEntry[];
}

/** What can be undone and redone, the last one at the end. */
export const useUndo = create<UndoState>()(() => ({ done: [], undone: [] }));

/** Whether anything was done here that is not taken back. */
export function hasDone({ done }: UndoState): boolean {
  return done.length > 0;
}

/** More than anyone takes back by hand. */
const MAX_ENTRIES = 200;

/** Entries of a gesture that is still going on; they become one. */
let gesture: UndoEntry[] | null = null;

/** Starts taking notes of every command that is submitted. */
export function startUndo(): void {
  useUndo.setState({ done: [], undone: [] });
  gesture = null;
  observeSubmissions(noteSubmission);
}

/** Forgets everything: another scenario has been opened. */
export function forgetUndo(): void {
  useUndo.setState({ done: [], undone: [] });
}

/** Gives several commands as one gesture, taken back as one. Stops at the first that is refused. */
export async function submitTogether(commands: readonly Command[]): Promise<Refusal | null> {
  const outer = gesture;
  const collected = (gesture = outer ?? []);
  try {
    for (const command of commands) {
      const problem = await submit(command);
      if (problem) return problem;
    }
    return null;
  } finally {
    gesture = outer;
    const merged = outer ? null : mergeGesture(collected);
    if (merged) push(merged);
  }
}

/** Changes the document, with an ordinary undo. */
export function editDocument(forward: DocumentPatch): void {
  forgetOffer();
  push({ kind: "document", forward, backward: applyDocumentPatch(forward) });
}

/** Takes the last thing back. */
export async function undo(): Promise<void> {
  const entry = useUndo.getState().done.at(-1);
  if (!entry) return;
  forgetOffer();
  useUndo.setState(({ done }) => ({ done: done.slice(0, -1) }));
  const undone = await takeBack(entry);
  // What cannot be taken back at this moment may be at another: its note stays.
  if (undone) useUndo.setState((state) => ({ undone: [...state.undone, undone] }));
  else if (entry.kind !== "rewind") useUndo.setState((state) => ({ done: [...state.done, entry] }));
}

/** Does again what was taken back last. */
export async function redo(): Promise<void> {
  const again = useUndo.getState().undone.at(-1);
  if (!again) return;
  forgetOffer();
  useUndo.setState(({ undone }) => ({ undone: undone.slice(0, -1) }));
  const done = await doAgain(again);
  if (done) useUndo.setState((state) => ({ done: [...state.done, done] }));
}

/** Returns what undo needs, or null if it could not be done. */
async function doAgain({ entry, future }: RedoEntry): Promise<UndoEntry | null> {
  if (entry.kind === "document") applyDocumentPatch(entry.forward);
  if (entry.kind === "commands") return (await submitAll(entry.forward)) ? entry : null;
  if (future === null || entry.kind === "document") return entry;
  const { problem, dropped } = await move({ type: "restoreFuture", future });
  if (problem) return null;
  // The future begins just before what is done again: with that done, it is seen. What was done at the same moment, and was taken back
  // in that future, is to be done again only after this: the future is left just before it.
  const next = useUndo.getState().undone.at(-1)?.entry;
  const isAtOnce = next?.kind === "commands" && next.timeUs === entry.timeUs;
  await move(isAtOnce ? { type: "rewindBefore", journalLength: next.journalLength } : { type: "seek", timeUs: entry.timeUs });
  if (entry.kind !== "fork" || dropped === null) return entry;
  return { ...entry, future: dropped, dropped: dropEntriesAfter(entry.timeUs) };
}

/** Returns what redo needs, or null if there is no way back to it. */
async function takeBack(entry: UndoEntry): Promise<RedoEntry | null> {
  switch (entry.kind) {
    case "document":
      applyDocumentPatch(entry.backward);
      return { entry, future: null };
    case "commands":
      if (entry.timeUs > (useTopiq.getState().playback?.timeUs ?? Infinity)) return tellAhead(entry.timeUs);
      return (await submitAll(entry.backward)) ? { entry, future: null } : null;
    case "rewind": {
      const { problem, dropped } = await move({ type: "rewindBefore", journalLength: entry.journalLength });
      if (problem) return null;
      setView({ toast: { text: t("toast.rewound", { time: formatClock(entry.timeUs) }), action: null } });
      return { entry, future: dropped };
    }
    case "fork": {
      const { problem, dropped } = await move({ type: "restoreFuture", future: entry.future });
      // So many futures were dropped since that this one is no more: the command alone is taken back.
      if (problem) return takeBack(entry.command);
      setView({ toast: { text: t("toast.futureRestored"), action: null } });
      useUndo.setState((state) => ({ done: [...state.done, ...entry.dropped] }));
      return { entry, future: dropped };
    }
  }
}

/** What was done later than the moment shown is not there to be taken back. */
function tellAhead(timeUs: number): null {
  setView({ toast: { text: t("toast.ahead", { time: formatClock(timeUs) }), action: null } });
  return null;
}

async function submitAll(commands: readonly Command[]): Promise<boolean> {
  for (const command of commands) {
    const answer = await submitUnobserved(command);
    const problem = "entry" in answer ? answer.problem : answer;
    if (problem) {
      await tellProblem(problem);
      return false;
    }
    if ("entry" in answer && answer.dropped !== null) dropEntriesAfter(answer.entry?.timeUs ?? 0);
  }
  return true;
}

/** Makes an entry of a command when it has been done. */
function noteSubmission(command: Command): (answer: SubmitAnswer) => void {
  // What a gesture offered with its first command stands for the whole of it.
  if (!gesture || gesture.length === 0) forgetOffer();
  const collecting = gesture;
  return ({ entry: given, journalIndex: journalLength, inverse, dropped: future }) => {
    const timeUs = given?.timeUs ?? 0;
    const plain: UndoEntry = inverse
      ? { kind: "commands", timeUs, journalLength, forward: [command], backward: [inverse] }
      : { kind: "rewind", timeUs, journalLength };
    const entry: UndoEntry = future === null ? plain : { kind: "fork", timeUs, future, command: plain, dropped: dropEntriesAfter(timeUs) };
    if (collecting) collecting.push(entry);
    else push(entry);
    if (future !== null) {
      const action = { label: t("action.undo"), perform: () => void undo() };
      setView({ toast: { text: t("toast.forked", { time: formatClock(timeUs) }), action } });
    }
  };
}

function push(entry: UndoEntry): void {
  useUndo.setState(({ done }) => ({ done: [...done, entry].slice(-MAX_ENTRIES), undone: [] }));
}

/** A toast speaks of the last thing done: its "Undo" must not take back another one. */
function forgetOffer(): void {
  setView({ toast: null });
}

/** Entries of a future that is gone can no longer be taken back. Document edits are in no future. */
function dropEntriesAfter(timeUs: number): readonly UndoEntry[] {
  const { done } = useUndo.getState();
  const gone = done.filter((entry) => entry.kind !== "document" && entry.timeUs > timeUs);
  if (gone.length > 0) useUndo.setState({ done: done.filter((entry) => !gone.includes(entry)) });
  return gone;
}

/** One entry for a whole gesture: by commands if all of it can be, else by rewinding to before its first command. */
function mergeGesture(entries: readonly UndoEntry[]): UndoEntry | null {
  const [first, ...rest] = entries;
  if (!first || rest.length === 0 || first.kind === "document") return first ?? null;
  if (first.kind === "fork") {
    const command = mergeGesture([first.command, ...rest]);
    return command && { ...first, command };
  }
  const { timeUs, journalLength } = first;
  const parts = entries.filter((entry) => entry.kind === "commands");
  if (parts.length < entries.length) return { kind: "rewind", timeUs, journalLength };
  return {
    kind: "commands",
    timeUs,
    journalLength,
    forward: parts.flatMap((entry) => entry.forward),
    backward: parts.toReversed().flatMap((entry) => entry.backward),
  };
}
