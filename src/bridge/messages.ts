import type { Biography, BiographyQuestion } from "../core/history/biography";
import type { Command, StampedCommand } from "../core/world/command";
import type { CommandProblem } from "../core/world/commandKind";
import type { Looks } from "../core/picture/entityKind";
import type { ClusterDelta, ClusterImage, PartitionDecision, RecordImage, TimelineImage } from "../core/picture/image";
import type { PassageKind } from "../core/picture/messageImage";
import type { LinkProblem } from "../scenario/link";
import type { ScenarioProblem } from "../scenario/problem";
import type { LocalizedText, Scenario } from "../scenario/scenario";

/**
 * From the page to the simulation worker. `worldId` names one world; one worker may hold several under one clock. Whatever has a
 * `requestId` is answered with it, always. What a person, a script or a link brings is `unknown` here: the worker's gate looks at it.
 */
export type PageMessage =
  | { readonly type: "open"; readonly worldId: number; readonly requestId: number; readonly source: OpenSource; readonly storage: "indexeddb" | "memory"; readonly playing: boolean }
  /** Where motion goes; null when the page has nobody to draw it, and draws what is on its way itself. */
  | { readonly type: "motionPort"; readonly worldId: number; readonly port: MessagePort | null }
  | { readonly type: "play"; readonly worldId: number }
  | { readonly type: "pause"; readonly worldId: number }
  | { readonly type: "step"; readonly worldId: number; readonly requestId: number; readonly direction: 1 | -1 }
  /** Back to a moment, or ahead. A seek that is asked for takes the place of one that is under way. */
  | { readonly type: "seek"; readonly worldId: number; readonly requestId: number; readonly timeUs: number }
  /** Ends what is being opened or wound to: everything is as it was before. */
  | { readonly type: "cancel"; readonly worldId: number }
  | { readonly type: "setSpeed"; readonly worldId: number; readonly speed: number }
  /** The page's visibility: a hidden tab pauses. */
  | { readonly type: "setHidden"; readonly worldId: number; readonly hidden: boolean }
  /** Of whose records the page shows anything; null: of all. Of the others there are only figures in a picture. */
  | { readonly type: "look"; readonly worldId: number; readonly at: LookedAt | null }
  /** The page has drawn the last frame: it is ready for the next one. */
  | { readonly type: "frameTaken"; readonly worldId: number }
  | { readonly type: "submit"; readonly worldId: number; readonly requestId: number; readonly command: unknown }
  /** Document edits (layout, labels, name) that are saved with the run and are no part of the simulation. */
  | { readonly type: "saveDocument"; readonly worldId: number; readonly document: Pick<Scenario, "name" | "description" | "layout" | "labels"> }
  /** Rewinds to just before the command at this place of the journal, and ends the run there. */
  | { readonly type: "rewindBefore"; readonly worldId: number; readonly requestId: number; readonly journalLength: number }
  /** Brings back a dropped future by its name, in place of the one that there is. */
  | { readonly type: "restoreFuture"; readonly worldId: number; readonly requestId: number; readonly future: FutureId }
  | { readonly type: "retryStorage"; readonly worldId: number; readonly requestId: number }
  /** Keep an unsaved copy (opened from a link, or in a second tab) as a run of its own. */
  | { readonly type: "keep"; readonly worldId: number; readonly requestId: number }
  /** Removes a saved run for good; not the one that is open. */
  | { readonly type: "deleteRun"; readonly worldId: number; readonly runId: string }
  | { readonly type: "query"; readonly worldId: number; readonly requestId: number; readonly query: Query };

/** Names of partitions, producers and consumers, as a picture has them. */
export type LookedAt = Readonly<Record<keyof Looks, readonly string[]>>;

/** Names a dropped future for as long as its world is open. */
export type FutureId = number;

export type OpenSource =
  /** A scenario document, or its text; a foreign one is an unsaved copy until it is kept. */
  | { readonly kind: "document"; readonly document: unknown; readonly isForeign: boolean }
  /** A link, its fragment, or what became of them on their way. Always foreign. */
  | { readonly kind: "link"; readonly link: string }
  /** A saved run; without its id the one that this tab had last, or else the last used; or else this scenario. */
  | { readonly kind: "saved"; readonly runId: string | null; readonly lastHere?: string | null; readonly otherwise: Scenario };

export type Query =
  /** The newest records of a partition, or (null) of all of a topic, newest first, those below an offset by partition; `search` looks in key and value. */
  | { readonly kind: "records"; readonly topic: string; readonly partition: number | null; readonly before: Readonly<Record<number, number>>; readonly limit: number; readonly search: string }
  /** A link's fragment: to the scenario as it is now, or (exact) as it began, with this very run up to now; to see what they take, without some of its parts. */
  | { readonly kind: "share"; readonly exact: boolean; readonly without?: readonly LinkPart[] }
  /** Where the topic's partitioner would put a record with this key now, and why. */
  | { readonly kind: "decision"; readonly topic: string; readonly key: string }
  /** What happened to a record up to now, and when, and by whom. A newer question takes the place of one that is being looked into. */
  | ({ readonly kind: "biography" } & BiographyQuestion)
  /** The runs that this browser keeps, the last used first. */
  | { readonly kind: "runs" }
  | { readonly kind: "image" };

/** Parts of a document that the simulation never hears of, and that may make a link long. */
export type LinkPart = "layout" | "description" | "labels";

export type QueryResult =
  | { readonly kind: "records"; readonly records: readonly FoundRecord[]; readonly more: boolean }
  /** Null when it is too much for a link. */
  | { readonly kind: "share"; readonly fragment: string | null }
  /** Null when there is no such topic. */
  | { readonly kind: "decision"; readonly decision: PartitionDecision | null }
  /** Null when it was overtaken. */
  | { readonly kind: "biography"; readonly biography: Biography | null }
  | { readonly kind: "runs"; readonly runs: readonly KeptRun[] }
  | { readonly kind: "image"; readonly image: ClusterImage };

export interface KeptRun {
  readonly runId: string;
  readonly name: LocalizedText;
  /** Wall clock ms of its last opening. */
  readonly savedAtMs: number;
  /** Virtual time up to which it is kept. */
  readonly timeUs: number;
  /** Commands given in it. */
  readonly commands: number;
  /** Its document cannot be read here. */
  readonly isBroken: boolean;
}

/** From the simulation worker to the page. */
export type WorkerMessage =
  /** `sharedUs`: the moment of the exact run that was shared by link, virtual µs. */
  | {
      readonly type: "opened";
      readonly worldId: number;
      readonly requestId: number;
      readonly scenario: Scenario;
      readonly origin: "saved" | "scenario" | "link";
      readonly sharedUs: number | null;
      readonly notices: readonly Notice[];
    }
  /** What was to be opened is not: what was open before goes on. */
  | { readonly type: "refused"; readonly worldId: number; readonly requestId: number; readonly problem: OpeningProblem }
  | Frame
  | Answer
  | { readonly type: "queried"; readonly worldId: number; readonly requestId: number; readonly result: QueryResult }
  /** How far the opening or winding has come that takes a while; null when it has ended. */
  | { readonly type: "winding"; readonly worldId: number; readonly winding: WindingImage | null }
  | { readonly type: "storage"; readonly worldId: number; readonly status: StorageStatus }
  | { readonly type: "notice"; readonly worldId: number; readonly notice: Notice }
  /** The engine threw: a broken invariant. The run stands still; what was saved is safe. */
  | { readonly type: "crashed"; readonly worldId: number; readonly message: string };

/** `sender`: client.id of the producer that is there now and has sent it; null where there is none, or the broker wrote it. Kafka's records do not say so. */
export type FoundRecord = RecordImage & { readonly partition: number; readonly sender: string | null };

/** What became of a wish. Where it changed the picture, the answer comes with it. */
export type Answer =
  | {
      readonly type: "submitted";
      readonly worldId: number;
      readonly requestId: number;
      readonly problem: SubmitProblem | null;
      readonly entry: StampedCommand | null;
      /** Where in the journal the command stands; undo rewinds to before it. */
      readonly journalIndex: number;
      /** The command that would take it back now; null where Kafka has none. */
      readonly inverse: Command | null;
      /** The future that it has ended. */
      readonly dropped: FutureId | null;
    }
  /** Of a step, a seek, a rewind, and a future brought back. */
  | { readonly type: "moved"; readonly worldId: number; readonly requestId: number; readonly problem: MoveProblem | null; readonly dropped: FutureId | null }
  | { readonly type: "kept"; readonly worldId: number; readonly requestId: number; readonly isSaved: boolean }
  /** There is no world any more that could do it. */
  | { readonly type: "gone"; readonly worldId: number; readonly requestId: number };

/** Why a command was refused: by the gate, for what it holds, or by the world of its moment. */
export type SubmitProblem =
  | CommandProblem
  | ScenarioProblem
  /** A part of the worker that it needs could not be loaded. */
  | { readonly reason: "notLoaded"; readonly params: Readonly<Record<string, never>> }
  /** It was meant for a moment to which the way was cancelled. */
  | { readonly reason: "cancelled"; readonly params: Readonly<Record<string, never>> };

export interface MoveProblem {
  /** "superseded": another seek came after it. "gone": there is no such future, or command, in this run. */
  readonly reason: "invalid" | "superseded" | "cancelled" | "full" | "gone";
}

export interface OpeningProblem {
  /** "runDiffers": a run that this page's engine cannot repeat. "superseded": something else was to be opened since. */
  readonly reason: LinkProblem["reason"] | "notJson" | "runDiffers" | "unopenable" | "cancelled" | "superseded" | "stopped";
  readonly params: Readonly<Record<string, string | number>>;
}

/** Virtual times in µs. */
export interface WindingImage {
  readonly isOpening: boolean;
  readonly fromUs: number;
  readonly atUs: number;
  readonly toUs: number;
  /** How much was asked for meanwhile, and is done there. */
  readonly waiting: number;
}

/** One at a time is on its way: the next one comes when the page has drawn this one, with everything that changed meanwhile. */
export interface Frame {
  readonly type: "frame";
  readonly worldId: number;
  /** A whole image at first and after a seek, else null. */
  readonly image: ClusterImage | null;
  readonly delta: ClusterDelta | null;
  readonly timeline: TimelineImage | null;
  readonly playback: Playback;
  /** Of what this picture shows. */
  readonly answers: readonly Answer[];
}

export interface Playback {
  readonly playing: boolean;
  /** Asked for. */
  readonly speed: number;
  /** Reached, measured over the last second. */
  readonly speedReached: number;
  /** Virtual time shown: never past the last durable one. */
  readonly timeUs: number;
  /** Commands in the journal, for undo. */
  readonly journalLength: number;
  readonly oldestReachableUs: number;
}

export type StorageStatus =
  | { readonly state: "opening" }
  | { readonly state: "saved"; readonly runId: string }
  | { readonly state: "memory"; readonly reason: "asked" | "unavailable" | "refused" | "quota" | "lost" | "newer" | "otherTab" | "unknown" | "link"; readonly savedUntilUs: number | null };

/** Something the page must tell once, in the user's language. */
export interface Notice {
  readonly id: "engineDiffers" | "resumed" | "limitReached" | "rebuilt" | "unopenable" | "stopped" | "documentRefused" | "copyKept";
  readonly params: Readonly<Record<string, string | number>>;
}

/**
 * Motion, from the simulation worker straight to the token worker: `MOTION_STRIDE` floats a token, in one pooled, transferred buffer.
 * Times are ms relative to `startUs`, so that they stay exact in a Float32.
 */
export interface MotionFrame {
  readonly type: "motion";
  readonly startUs: number;
  /** Virtual time to show now, and how fast it runs on from here (0 when paused). */
  readonly nowUs: number;
  readonly speed: number;
  /** A seek or a fork: forget every token that is not in this frame. */
  readonly reset: boolean;
  readonly count: number;
  readonly floats: Float32Array;
}

export const MOTION_STRIDE = 16;
/** Offsets of a token's fields in its floats. */
export const motionField = {
  /** Actor of the client: the far end of the edge. */
  client: 0,
  /** Index of the topic and partition at the near end; of a queue or an exchange its own, and 0. */
  topic: 1,
  partition: 2,
  /** A `tokenKind`. */
  kind: 3,
  sentMs: 4,
  arriveMs: 5,
  /** Records carried. */
  count: 6,
  /** First offset carried, or send number, or -1, modulo 1,000,000: it is only a label. */
  offset: 7,
  /** Eight key colours, -1 without key, -2 unused. */
  colours: 8,
} as const;

/** What each kind of passage is called in motion. */
export const tokenKind = { produceRequest: 0, produceResponse: 1, fetchRequest: 2, fetchResponse: 3, publish: 4, confirm: 5, settle: 6, deliver: 7 } as const satisfies Readonly<Record<PassageKind, number>>;

/** The token worker gives an empty buffer back for the next frame. */
export interface MotionReturn {
  readonly type: "motionReturn";
  readonly floats: Float32Array;
}

/** From the page to the token worker. Coordinates are CSS pixels of the graph; the viewport maps them to the canvas. */
export type TokenMessage =
  | { readonly type: "canvas"; readonly canvas: OffscreenCanvas; readonly devicePixelRatio: number }
  | { readonly type: "motionPort"; readonly port: MessagePort }
  | { readonly type: "resize"; readonly width: number; readonly height: number; readonly devicePixelRatio: number }
  /** The page shows the picture of this virtual moment from now on. */
  | { readonly type: "pictured"; readonly timeUs: number }
  | { readonly type: "viewport"; readonly x: number; readonly y: number; readonly zoom: number }
  /** Every edge's line, flattened to points [x0, y0, x1, y1 ...] from the client to the lane, queue or exchange. */
  | { readonly type: "edges"; readonly edges: readonly TokenEdge[] }
  | { readonly type: "theme"; readonly colours: readonly string[]; readonly ink: string; readonly surface: string; readonly noKey: string; readonly reducedMotion: boolean };

export interface TokenEdge {
  readonly client: number;
  readonly topic: number;
  readonly partition: number;
  /** From the client's end to the other. */
  readonly points: readonly number[];
}
