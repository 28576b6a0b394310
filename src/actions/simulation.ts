import type { OpenSource, PageMessage, Query, QueryResult, WorkerMessage } from "../bridge/messages";
import type { Command, CommandProblem } from "../core/cluster/command";

/** What the page needs of a Worker; a test gives its own. */
export interface SimulationPort {
  postMessage(message: PageMessage, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<WorkerMessage>) => void) | null;
}

export type SubmitAnswer = Extract<WorkerMessage, { type: "submitted" }>;

/** Called before a command leaves; what it returns is called with the answer. Undo takes its notes here, whoever submits. */
export type SubmissionObserver = (command: Command) => (answer: SubmitAnswer) => void;

/** The page shows one world; the protocol has room for more. */
const WORLD_ID = 1;

type Unaddressed<Message> = Message extends PageMessage ? Omit<Message, "worldId"> : never;
/** A message to the worker, still without its world. */
export type Intent = Unaddressed<Exclude<PageMessage, { type: "submit" | "query" }>>;

interface Connection {
  readonly port: SimulationPort;
  readonly storage: "indexeddb" | "memory";
  readonly pending: Map<number, (message: WorkerMessage) => void>;
  nextRequestId: number;
  seekOutstanding: boolean;
  seekWantedUs: number | null;
}

let connection: Connection | null = null;
let observer: SubmissionObserver | null = null;

/** Wires the page to its simulation worker. `receive` gets every message of the page's world. */
export function connectSimulation(port: SimulationPort, storage: "indexeddb" | "memory", receive: (message: WorkerMessage) => void): void {
  connection = { port, storage, pending: new Map(), nextRequestId: 1, seekOutstanding: false, seekWantedUs: null };
  port.onmessage = ({ data }) => {
    if (data.worldId !== WORLD_ID) return;
    settle(data);
    receive(data);
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
export async function submit(command: Command): Promise<CommandProblem | null> {
  const settled = observer?.(command);
  const answer = await submitUnobserved(command);
  settled?.(answer);
  return answer.problem;
}

/** The same without undo taking a note: for undo itself. */
export function submitUnobserved(command: Command): Promise<SubmitAnswer> {
  return request((requestId) => ({ type: "submit", worldId: WORLD_ID, requestId, command }));
}

/** Asks the world something. */
export async function query<Kind extends Query["kind"]>(question: Extract<Query, { kind: Kind }>): Promise<Extract<QueryResult, { kind: Kind }>> {
  const answer = await request<Extract<WorkerMessage, { type: "queried" }>>((requestId) => ({ type: "query", worldId: WORLD_ID, requestId, query: question }));
  // A result is of the kind that was asked for.
  return answer.result as Extract<QueryResult, { kind: Kind }>;
}

/** Opens a world in place of the one there is. */
export function openWorld(source: OpenSource, playing: boolean): void {
  const { storage } = connected();
  send({ type: "open", source, storage, playing });
}

/** Moves to a moment. Only one seek is on its way at a time; of those asked for meanwhile, the last one follows. */
export function seek(timeUs: number): void {
  const here = connected();
  if (here.seekOutstanding) {
    here.seekWantedUs = timeUs;
    return;
  }
  here.seekOutstanding = true;
  send({ type: "seek", timeUs: Math.round(timeUs) });
}

/** True when no seek is on its way. */
export function seekSettled(): boolean {
  return !connected().seekOutstanding;
}

function connected(): Connection {
  if (!connection) throw new Error("the simulation is not connected");
  return connection;
}

function request<Answer extends WorkerMessage>(message: (requestId: number) => PageMessage): Promise<Answer> {
  const here = connected();
  const requestId = here.nextRequestId++;
  return new Promise((resolve) => {
    // An answer with this id is of the kind that belongs to the question.
    here.pending.set(requestId, (answer) => resolve(answer as Answer));
    here.port.postMessage(message(requestId), []);
  });
}

function settle(message: WorkerMessage): void {
  const here = connected();
  if (message.type === "submitted" || message.type === "queried") {
    here.pending.get(message.requestId)?.(message);
    here.pending.delete(message.requestId);
  } else if (message.type === "frame" && message.image && here.seekOutstanding) {
    // A seek is answered by a whole image.
    here.seekOutstanding = false;
    const wanted = here.seekWantedUs;
    here.seekWantedUs = null;
    if (wanted !== null) seek(wanted);
  } else if (message.type === "opened") {
    here.seekOutstanding = false;
    here.seekWantedUs = null;
  }
}
