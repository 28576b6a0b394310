import type { Answer, FutureId, MoveProblem, OpeningProblem, OpenSource, PageMessage, Query, QueryResult, SubmitProblem, WorkerMessage } from "../bridge/messages";
import type { Command } from "../core/world/command";
import { useTopiq } from "../store/topiqStore";

/** What the page needs of a Worker; a test gives its own. */
export interface SimulationPort {
  postMessage(message: PageMessage, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
}

export type SubmitAnswer = Extract<Answer, { type: "submitted" }>;

/** Why a command was not done; "stopped": there is no world any more. */
export type Refusal = SubmitProblem | { readonly reason: "stopped"; readonly params: Readonly<Record<string, never>> };

/** Told of every command that was done. Undo takes its notes here, whoever submits. */
export type SubmissionObserver = (command: Command) => (answer: SubmitAnswer) => void;

/** How a move to another moment ended. */
export interface Moved {
  readonly problem: MoveProblem | null;
  /** The future that it has ended, by its name. */
  readonly dropped: FutureId | null;
}

/** The page shows one world; the protocol has room for more. */
const WORLD_ID = 1;

type Unaddressed<Message> = Message extends PageMessage ? Omit<Message, "worldId"> : never;
/** A message to the worker, still without its world. */
export type Intent = Unaddressed<Exclude<PageMessage, { requestId: number }>>;
/** One that is answered, still without its number. */
type Wish = Unnumbered<Extract<PageMessage, { requestId: number }>>;
type Unnumbered<Message> = Message extends { requestId: number } ? Omit<Message, "worldId" | "requestId"> : never;

type Reply = Extract<WorkerMessage, { requestId: number }>;

interface Connection {
  readonly port: SimulationPort;
  readonly storage: "indexeddb" | "memory";
  readonly pending: Map<number, (reply: Reply | null) => void>;
  nextRequestId: number;
  isSeeking: boolean;
  /** Asked for while another seek is on its way. */
  wantedSeek: SeekWish | null;
}

interface SeekWish {
  readonly timeUs: number;
  readonly resolve: (moved: Moved) => void;
}

let connection: Connection | null = null;
let observer: SubmissionObserver | null = null;

/** Wires the page to its simulation worker. `receive` gets every message of the page's world, and then those are answered who asked. */
export function connectSimulation(port: SimulationPort, storage: "indexeddb" | "memory", receive: (message: WorkerMessage) => void): void {
  connection = { port, storage, pending: new Map(), nextRequestId: 1, isSeeking: false, wantedSeek: null };
  port.onmessage = ({ data }) => {
    if (data.worldId !== WORLD_ID) return;
    receive(data);
    settle(data);
  };
}

export function observeSubmissions(next: SubmissionObserver): void {
  observer = next;
}

/** Sends a message that has no answer of its own. */
export function send(intent: Intent, transfer: Transferable[] = []): void {
  // Every intent is a page message that only lacks its world.
  connected().port.postMessage({ ...intent, worldId: WORLD_ID } as PageMessage, transfer);
}

/** Gives a command to the world. Resolves to why it was refused, or to null when it was done. */
export async function submit(command: Command): Promise<Refusal | null> {
  const settled = observer?.(command);
  const answer = await submitUnobserved(command);
  if (!("entry" in answer)) return answer;
  if (!answer.problem) settled?.(answer);
  return answer.problem;
}

/** The same without undo taking a note: for undo itself. */
export async function submitUnobserved(command: Command): Promise<SubmitAnswer | Extract<Refusal, { reason: "stopped" }>> {
  const reply = await request({ type: "submit", command: sendable(command) });
  return reply?.type === "submitted" ? reply : { reason: "stopped", params: {} };
}

/** Asks the world something. Rejects when there is none. */
export async function query<Kind extends Query["kind"]>(question: Extract<Query, { kind: Kind }>): Promise<Extract<QueryResult, { kind: Kind }>> {
  const reply = await request({ type: "query", query: question });
  if (reply?.type !== "queried") throw new Error("the simulation has stopped");
  // A result is of the kind that was asked for.
  return reply.result as Extract<QueryResult, { kind: Kind }>;
}

/** Opens a world in place of the one there is. Resolves to why nothing came of it, or to null when it is there. */
export async function openWorld(source: OpenSource, playing: boolean): Promise<OpeningProblem | null> {
  const { storage } = connected();
  const sent = source.kind === "document" ? { ...source, document: sendable(source.document) } : source;
  const reply = await request({ type: "open", source: sent, storage, playing });
  if (reply?.type === "opened") return null;
  return reply?.type === "refused" ? reply.problem : { reason: "stopped", params: {} };
}

/** Keeps the open world as a run of its own, or tries again to. Resolves to whether it is kept. */
export async function keepWorld(type: "keep" | "retryStorage"): Promise<boolean> {
  const reply = await request({ type });
  return reply?.type === "kept" && reply.isSaved;
}

/** Steps, rewinds, or brings a future back. */
export async function move(wish: Extract<Wish, { type: "step" | "seek" | "rewindBefore" | "restoreFuture" }>): Promise<Moved> {
  const reply = await request(wish);
  return reply?.type === "moved" ? reply : { problem: { reason: "gone" }, dropped: null };
}

/** Moves to a moment. Only one seek is on its way at a time; of those asked for meanwhile, the last one follows, and the others are superseded. */
export function seek(timeUs: number): Promise<Moved> {
  const here = connected();
  return new Promise((resolve) => {
    here.wantedSeek?.resolve(superseded);
    here.wantedSeek = { timeUs, resolve };
    if (!here.isSeeking) void seekOn(here);
    // A way that takes a while is not waited for when another is wished for.
    else if (useTopiq.getState().winding) send({ type: "cancel" });
  });
}

/** True when no seek is on its way. */
export function seekSettled(): boolean {
  return !connected().isSeeking;
}

const superseded: Moved = { problem: { reason: "superseded" }, dropped: null };

async function seekOn(here: Connection): Promise<void> {
  here.isSeeking = true;
  for (let wish = here.wantedSeek; wish !== null; wish = here.wantedSeek) {
    here.wantedSeek = null;
    const moved = await move({ type: "seek", timeUs: wish.timeUs });
    wish.resolve(moved.problem && here.wantedSeek ? superseded : moved);
  }
  here.isSeeking = false;
}

function connected(): Connection {
  if (!connection) throw new Error("the simulation is not connected");
  return connection;
}

/** What a script gives as it is, or null where that cannot be sent to the worker: its gate says that it is nothing. */
function sendable<Value>(value: Value): Value | null {
  try {
    return structuredClone(value);
  } catch {
    return null;
  }
}

/** Null when the world is gone that should have answered. */
function request(wish: Wish): Promise<Reply | null> {
  const here = connected();
  const requestId = here.nextRequestId++;
  return new Promise((resolve) => {
    here.pending.set(requestId, resolve);
    // Every wish is a page message that only lacks its world and its number.
    here.port.postMessage({ ...wish, worldId: WORLD_ID, requestId } as PageMessage, []);
  });
}

function settle(message: WorkerMessage): void {
  const { pending } = connected();
  if (message.type === "frame") return message.answers.forEach(settle);
  if (message.type === "crashed") {
    const waiting = [...pending.values()];
    pending.clear();
    for (const resolve of waiting) resolve(null);
  }
  if (!("requestId" in message)) return;
  pending.get(message.requestId)?.(message.type === "gone" ? null : message);
  pending.delete(message.requestId);
}
