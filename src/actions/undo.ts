import { create } from "zustand";
import type { Command, CommandProblem } from "../core/cluster/command";
import { t } from "../i18n/t";
import { setView, useTopiq } from "../store/topiqStore";
import { formatClock } from "./clock";
import { applyDocumentPatch, type DocumentPatch } from "./documentEdits";
import { inverseOf } from "./inverse";
import { tellProblem } from "./problems";
import { observeSubmissions, send, submit, type SubmitAnswer, submitUnobserved } from "./simulation";

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
  /** A command given after seeking back, which dropped a future: taken back by bringing that future back, with the notes that belong to it. */
  | { readonly kind: "fork"; readonly timeUs: number; readonly command: UndoEntry; readonly dropped: readonly UndoEntry[] };

interface UndoState {
  readonly done: readonly UndoEntry[];
  readonly undone: readonly UndoEntry[];
}

/** What can be undone and redone, the last one at the end. */
export const useUndo = create<UndoState>()(() => ({ done: [], undone: [] }));

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
export async function submitTogether(commands: readonly Command[]): Promise<CommandProblem | null> {
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
  if (undone) useUndo.setState((state) => ({ undone: [...state.undone, undone] }));
}

/** Does again what was taken back last. */
export async function redo(): Promise<void> {
  const entry = useUndo.getState().undone.at(-1);
  if (!entry) return;
  forgetOffer();
  useUndo.setState(({ undone }) => ({ undone: undone.slice(0, -1) }));
  if (entry.kind === "document") applyDocumentPatch(entry.forward);
  else if (entry.kind === "commands") {
    if (!(await submitAll(entry.forward))) return;
  } else if (useTopiq.getState().playback?.futureDropped) send({ type: "restoreFuture" });
  else return;
  useUndo.setState((state) => ({ done: [...state.done, entry] }));
}

/** Returns what redo needs, or null if there is no way back to it. */
async function takeBack(entry: UndoEntry): Promise<UndoEntry | null> {
  switch (entry.kind) {
    case "document":
      applyDocumentPatch(entry.backward);
      return entry;
    case "commands":
      return (await submitAll(entry.backward)) ? entry : null;
    case "rewind":
      send({ type: "rewindBefore", journalLength: entry.journalLength });
      setView({ toast: { text: t("toast.rewound", { time: formatClock(entry.timeUs) }), action: null } });
      return entry;
    case "fork":
      if (!useTopiq.getState().playback?.futureDropped) return takeBack(entry.command);
      send({ type: "restoreFuture" });
      setView({ toast: { text: t("toast.futureRestored"), action: null } });
      useUndo.setState((state) => ({ done: [...state.done, ...entry.dropped], undone: [] }));
      return null;
  }
}

async function submitAll(commands: readonly Command[]): Promise<boolean> {
  for (const command of commands) {
    const answer = await submitUnobserved(command);
    if (answer.problem) {
      tellProblem(answer.problem);
      return false;
    }
    if (answer.forked) dropEntriesAfter(answer.entry?.timeUs ?? 0);
  }
  return true;
}

/** Takes down what the world was like before a command, and makes an entry of it when it has been done. */
function noteSubmission(command: Command): (answer: SubmitAnswer) => void {
  // What a gesture offered with its first command stands for the whole of it.
  if (!gesture || gesture.length === 0) forgetOffer();
  const { image, playback } = useTopiq.getState();
  const backward = image && inverseOf(command, image);
  const timeBeforeUs = playback?.timeUs ?? 0;
  const collecting = gesture;
  return (answer) => {
    if (answer.problem) return;
    const timeUs = answer.entry?.timeUs ?? timeBeforeUs;
    const journalLength = answer.journalIndex;
    const plain: UndoEntry = backward
      ? { kind: "commands", timeUs, journalLength, forward: [command], backward: [backward] }
      : { kind: "rewind", timeUs, journalLength };
    const entry: UndoEntry = answer.forked ? { kind: "fork", timeUs, command: plain, dropped: dropEntriesAfter(timeUs) } : plain;
    if (collecting) collecting.push(entry);
    else push(entry);
    if (answer.forked) {
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
