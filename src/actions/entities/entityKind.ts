import type { ComponentType } from "react";
import type { ClusterImage } from "../../core/picture/image";
import type { Command } from "../../core/world/command";
import type { MessageKey } from "../../i18n/t";
import type { Selection } from "../../store/topiqStore";

/**
 * A kind of entity, as all of the page reads it: one entry of the table. Here is what can be done with it; how it is drawn is added by
 * the canvas (`canvas/nodes/kindNode.ts`), and how it is told in words by the panels (`panels/kindPanel.ts`).
 */
export interface EntityKind {
  /** What its entities' names begin with: `topic` in `topic:orders`. */
  readonly name: string;
  /** The field of the image that has its entities by their ids. */
  readonly field: string;
  readonly icon: ComponentType<{ readonly size?: number }>;
  /** Parameters of the core's sentences that hold an id of this kind. */
  readonly params: readonly string[];
  /** Why it cannot be renamed: its name is its identity. Left out: it has a label, which can. */
  readonly fixedName?: MessageKey;
  /** The kind of those that are inside it. */
  readonly holds?: string;
  /** The wires that begin at it. */
  readonly wires: readonly WireKind[];
  /** How it is added; left out where it is not. */
  readonly addition?: KindAddition;
  /** What deletes it, with what it holds. */
  remove(image: ClusterImage, id: string): readonly Command[];
  /** The ids of those that stand on the canvas, where those are not all. */
  drawn?(image: ClusterImage): readonly string[];
  /** What is looked at while nothing is selected. */
  home?(image: ClusterImage): Selection | null;
}

/** A wire that two kinds of entities may have between them. */
export interface WireKind {
  /** The kind at its other end. */
  readonly to: string;
  /** A person draws it on the canvas. Else it is asked for in other ways, or is told why there is none. */
  readonly isDrawn?: true;
  connect(image: ClusterImage, from: string, to: string): Command | WiringRefusal;
  disconnect(image: ClusterImage, from: string, to: string): Command | WiringRefusal;
}

type AfterDot<Key> = Key extends `wiring.${infer Reason}` ? Reason : never;

/** Why two things are not joined or parted: the words have a sentence for each. */
export type WiringRefusal = AfterDot<MessageKey>;

export interface KindAddition {
  /** On its button, and the whole command in words. */
  readonly word: MessageKey;
  readonly label: MessageKey;
  /** `within` is the entity that it is added to, where somebody has named one. */
  make(image: ClusterImage, selected: readonly Entity[], within?: string): Addition;
}

export interface Entity {
  /** The name of its kind. */
  readonly kind: string;
  readonly id: string;
}

/** Commands that add something, and the entity that people then want to see. */
export interface Addition {
  readonly commands: readonly Command[];
  readonly added: Entity;
}
