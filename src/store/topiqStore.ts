import { create } from "zustand";
import type { Frame, Notice, OpeningProblem, Playback, StorageStatus, WindingImage } from "../bridge/messages";
import type { ClusterImage, TimelineImage } from "../core/picture/image";
import type { EntityName, Scenario } from "../scenario/scenario";
import { applyDelta } from "./readModel";

/** What the page shows: the read model as the worker sends it, and the view's own state. Only `applyFrame` writes the read model. */
export interface TopiqState {
  readonly image: ClusterImage | null;
  readonly timeline: TimelineImage | null;
  readonly playback: Playback | null;
  /** The open document; the topology in it is where the run began, names and layout are live. */
  readonly scenario: Scenario | null;
  readonly origin: "saved" | "scenario" | "link";
  /** The moment of the open run that somebody shared, virtual µs. */
  readonly sharedUs: number | null;
  readonly storage: StorageStatus;
  readonly notices: readonly Notice[];
  /** The opening or the way to another moment that takes a while, or null. */
  readonly winding: WindingImage | null;
  /** Why what was to be opened was not, for as long as the page says so; what is open behind that message is left alone. */
  readonly unopened: Unopened | null;
  /** Message of the engine's failure, or null. */
  readonly crash: string | null;
  /** Selected things, the last one leading; what the inspector shows. */
  readonly selection: readonly Selection[];
  readonly view: ViewState;
}

/** Nothing else is opened in its place. */
export interface Unopened {
  readonly reason: OpeningProblem["reason"] | "unknownPreset";
  readonly params: OpeningProblem["params"];
}

/** A selected entity, or a part of one. */
export interface Selection {
  /** The name of its kind. */
  readonly kind: string;
  readonly id: string;
  /** Which part, where it is not all of it: of a topic the partition, and in it the record's offset. */
  readonly part?: Readonly<Record<string, number>>;
}

export type Drawer = "outline" | "examples";

export interface ViewState {
  readonly language: "en" | "ko";
  readonly theme: "light" | "dark";
  /** Which dialog or sheet is open. */
  readonly dialog: "share" | "embed" | "help" | "palette" | null;
  readonly inspectorTab: string;
  /** What stands open at the left. */
  readonly drawer: Drawer | null;
  /** The inspector is folded away. */
  readonly sideFolded: boolean;
  /** What the inspector has handed to the full width below the canvas. */
  readonly below: "records" | "charts" | null;
  /** Ids of the scenes whose goal this browser's person has reached. */
  readonly done: readonly string[];
  /** Single-key shortcuts may be switched off. */
  readonly singleKeys: boolean;
  readonly showHeartbeats: boolean;
  /** A connection being made by taps or keyboard: the end chosen first. */
  readonly connectingFrom: EntityName | null;
  /** Said once in the live region and shown in the toast place. */
  readonly toast: { readonly text: string; readonly action: { readonly label: string; readonly perform: () => void } | null } | null;
}

export const useTopiq = create<TopiqState>()(() => ({
  image: null,
  timeline: null,
  playback: null,
  scenario: null,
  origin: "scenario",
  sharedUs: null,
  storage: { state: "opening" },
  notices: [],
  winding: null,
  unopened: null,
  crash: null,
  selection: [],
  view: {
    language: "en",
    theme: "light",
    dialog: null,
    inspectorTab: "records",
    drawer: null,
    sideFolded: false,
    below: null,
    done: [],
    singleKeys: true,
    showHeartbeats: false,
    connectingFrom: null,
    toast: null,
  },
}));

/** Takes a frame from the worker into the read model. */
export function applyFrame(frame: Frame): void {
  useTopiq.setState((state) => {
    const base = frame.image ?? state.image;
    return {
      image: base && frame.delta ? applyDelta(base, frame.delta) : base,
      timeline: frame.timeline ?? state.timeline,
      playback: frame.playback,
    };
  });
}

/** Changes the view's own state. */
export function setView(change: Partial<ViewState>): void {
  useTopiq.setState((state) => ({ view: { ...state.view, ...change } }));
}

export function select(selection: readonly Selection[]): void {
  useTopiq.setState({ selection });
}
