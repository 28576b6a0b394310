import type { Command, CommandProblem, StampedCommand } from "../core/cluster/command";
import type { ClusterDelta, ClusterImage, PartitionDecision, RecordImage, TimelineImage } from "../core/cluster/image";
import type { LocalizedText, Scenario, SharedRun } from "../scenario/scenario";

/** From the page to the simulation worker. `worldId` names one world; one worker may hold several under one clock. */
export type PageMessage =
  | { readonly type: "open"; readonly worldId: number; readonly source: OpenSource; readonly storage: "indexeddb" | "memory"; readonly playing: boolean }
  | { readonly type: "motionPort"; readonly worldId: number; readonly port: MessagePort }
  | { readonly type: "play"; readonly worldId: number }
  | { readonly type: "pause"; readonly worldId: number }
  | { readonly type: "step"; readonly worldId: number; readonly direction: 1 | -1 }
  | { readonly type: "seek"; readonly worldId: number; readonly timeUs: number }
  | { readonly type: "setSpeed"; readonly worldId: number; readonly speed: number }
  /** The page's visibility: a hidden tab pauses. */
  | { readonly type: "setHidden"; readonly worldId: number; readonly hidden: boolean }
  | { readonly type: "submit"; readonly worldId: number; readonly requestId: number; readonly command: Command }
  /** Document edits (layout, labels, name) that are saved with the run and are no part of the simulation. */
  | { readonly type: "saveDocument"; readonly worldId: number; readonly document: Pick<Scenario, "name" | "description" | "layout" | "labels"> }
  /** Takes back the last command that dropped a future or had no inverse: rewinds to just before it. */
  | { readonly type: "rewindBefore"; readonly worldId: number; readonly journalLength: number }
  /** Brings back the future that the last fork dropped. */
  | { readonly type: "restoreFuture"; readonly worldId: number }
  | { readonly type: "retryStorage"; readonly worldId: number }
  /** Keep an unsaved copy (opened from a link, or in a second tab) as a run of its own. */
  | { readonly type: "keep"; readonly worldId: number }
  /** Removes a saved run for good; not the one that is open. */
  | { readonly type: "deleteRun"; readonly worldId: number; readonly runId: string }
  | { readonly type: "query"; readonly worldId: number; readonly requestId: number; readonly query: Query };

export type OpenSource =
  | { readonly kind: "scenario"; readonly scenario: Scenario; readonly run: SharedRun | null; /** From a link: saved work is not touched. */ readonly isForeign: boolean }
  /** A saved run, without its id the last one; or else this scenario. */
  | { readonly kind: "saved"; readonly runId: string | null; readonly otherwise: Scenario };

export type Query =
  /** The newest records of a partition below an offset (null: the end), newest first; `search` looks in key and value. */
  | { readonly kind: "records"; readonly topic: string; readonly partition: number | null; readonly before: number | null; readonly limit: number; readonly search: string }
  /** For a link: the scenario as it is now, or (exact) as it began, with this very run up to now. */
  | { readonly kind: "share"; readonly exact: boolean }
  /** Where the topic's partitioner would put a record with this key now, and why. */
  | { readonly kind: "decision"; readonly topic: string; readonly key: string }
  /** The runs that this browser keeps, the last used first. */
  | { readonly kind: "runs" }
  | { readonly kind: "image" };

export type QueryResult =
  | { readonly kind: "records"; readonly records: readonly (RecordImage & { readonly partition: number })[]; readonly more: boolean }
  | { readonly kind: "share"; readonly scenario: Scenario; readonly run: SharedRun | null }
  /** Null when there is no such topic. */
  | { readonly kind: "decision"; readonly decision: PartitionDecision | null }
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
}

/** From the simulation worker to the page. */
export type WorkerMessage =
  | { readonly type: "opened"; readonly worldId: number; readonly scenario: Scenario; readonly origin: "saved" | "scenario" | "link"; readonly notices: readonly Notice[] }
  | Frame
  | { readonly type: "submitted"; readonly worldId: number; readonly requestId: number; readonly problem: CommandProblem | null; readonly forked: boolean; readonly entry: StampedCommand | null; /** Where in the journal the command stands; undo rewinds to before it. */ readonly journalIndex: number }
  | { readonly type: "queried"; readonly worldId: number; readonly requestId: number; readonly result: QueryResult }
  | { readonly type: "storage"; readonly worldId: number; readonly status: StorageStatus }
  | { readonly type: "notice"; readonly worldId: number; readonly notice: Notice }
  /** The engine threw: a broken invariant. The run stands still; what was saved is safe. */
  | { readonly type: "crashed"; readonly worldId: number; readonly message: string };

/** Sent at most ten times a second while playing, and after whatever changed the picture. */
export interface Frame {
  readonly type: "frame";
  readonly worldId: number;
  /** A whole image at first and after a seek, else null. */
  readonly image: ClusterImage | null;
  readonly delta: ClusterDelta | null;
  readonly timeline: TimelineImage | null;
  readonly playback: Playback;
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
  readonly futureDropped: boolean;
  readonly oldestReachableUs: number;
}

export type StorageStatus =
  | { readonly state: "opening" }
  | { readonly state: "saved"; readonly runId: string }
  | { readonly state: "memory"; readonly reason: "asked" | "unavailable" | "refused" | "quota" | "lost" | "newer" | "otherTab" | "unknown" | "link"; readonly savedUntilUs: number | null };

/** Something the page must tell once, in the user's language. */
export interface Notice {
  readonly id: "engineDiffers" | "storedBytesDiffer" | "resumed" | "limitReached" | "runDiffers";
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
  /** Index of the topic and partition at the near end. */
  topic: 1,
  partition: 2,
  /** 0 Produce request, 1 Produce response, 2 Fetch request, 3 Fetch response. */
  kind: 3,
  sentMs: 4,
  arriveMs: 5,
  /** Records carried. */
  count: 6,
  /** First offset carried or -1, modulo 1,000,000: it is only a label. */
  offset: 7,
  /** Eight key colours, -1 without key, -2 unused. */
  colours: 8,
} as const;

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
  | { readonly type: "viewport"; readonly x: number; readonly y: number; readonly zoom: number }
  /** Every edge's line, flattened to points [x0, y0, x1, y1 ...] from the client to the lane. */
  | { readonly type: "edges"; readonly edges: readonly TokenEdge[] }
  | { readonly type: "theme"; readonly colours: readonly string[]; readonly ink: string; readonly surface: string; readonly noKey: string; readonly reducedMotion: boolean };

export interface TokenEdge {
  readonly client: number;
  readonly topic: number;
  readonly partition: number;
  /** From the client's end to the lane's end. */
  readonly points: readonly number[];
}
