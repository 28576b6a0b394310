import type { Node, NodeTypes } from "@xyflow/react";
import type { LookedAt } from "../../bridge/messages";
import type { ClusterImage } from "../../core/picture/image";
import type { MessageKey } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import type { Selection } from "../../store/topiqStore";
import type { Box } from "../layout/geometry";
import type { ChosenParts } from "../layout/sceneDetail";
import type { SceneMetrics } from "../layout/sceneMetrics";
import type { SceneLayout, ScenePlan } from "../layout/scenePlan";
import type { SceneStructure } from "../layout/sceneStructure";
import type { SceneWires, Wire } from "../wires/wire";

declare module "../../actions/entities/entityKind" {
  interface EntityKind {
    readonly node: KindNode;
  }
}

/** How a kind of entity stands on the canvas. */
export interface KindNode<Shape extends NodeShape = NodeShape> {
  /** Its place: those that send, what is stored, those that read; null inside another kind's frame. */
  readonly column: Column | null;
  /** React Flow's name for its node, where the kind's own means something else there. */
  readonly type?: string;
  readonly component: NodeTypes[string];
  /** What decides its shape, in the order of the column: plain data, without the figures that change with every frame. */
  read?(image: ClusterImage): readonly Shape[];
  height?(shape: Shape, metrics: SceneMetrics): number;
  /** Those of a higher rank stand below the others of their column; left out, 0. */
  rank?(shape: Shape): number;
  /** Where it stands across its column, if that is not all of it: CSS pixels of the graph. */
  inset?(shape: Shape, plan: ScenePlan): Inset;
  /** It takes no room of its own in its column: where columns are, it stands beside those it is wired to. */
  isAside?(shape: Shape, plan: ScenePlan): boolean;
  /** The room above it, where that is not its column's. */
  gapAbove?(shape: Shape, metrics: SceneMetrics): number | undefined;
  /** What stands over entities to tell what they are, where several kinds of the same column could be mistaken for each other. */
  captions?(structure: SceneStructure): readonly Caption[];
  /** The wires that are its: beside it stands what cuts them, and it stands beside their other ends. */
  wires(shape: Shape): readonly WireEnds[];
  /** What a screen reader says of it. */
  label(shape: Shape, name: string): string;
  /** What it holds, in its frame. */
  readonly inner?: InnerNodes<Shape>;
  /** What is drawn whole while it is selected. */
  chosen?(selection: Selection, image: ClusterImage): Partial<ChosenParts>;
  /** Whose records it shows, where it is on the screen. */
  looks?(shape: Shape): Looked;
  /** Whose records are shown while it is selected. */
  chosenLooks?(selection: Selection, image: ClusterImage): Looked;
  /** How wires run that have it at one end: one of the two kinds gives them. Left out: the other does. */
  ways?(structure: SceneStructure, layout: SceneLayout): SceneWires;
  /** Whether this wire is brought out while it is selected. */
  hasWire(wire: Wire, selection: Selection): boolean;
}

/** Names of partitions, producers and consumers, as a picture has them. */
export type Looked = Partial<LookedAt>;

export interface Inset {
  readonly dx: number;
  readonly width: number;
}

export interface Caption {
  readonly over: EntityName;
  /** Beside or above it stands another, whose left side, and top where that is higher, it begins at. */
  readonly from?: EntityName;
  readonly title: MessageKey;
  readonly text: MessageKey;
  /** Where that has no room; else its title stands alone there. */
  readonly short?: MessageKey;
}

export type Column = "sources" | "stores" | "readers";

export interface NodeShape {
  readonly id: string;
}

export interface WireEnds {
  readonly from: EntityName;
  readonly to: EntityName;
}

export interface InnerNodes<Shape extends NodeShape> {
  shapes(shape: Shape): readonly NodeShape[];
  box(shape: Shape, metrics: SceneMetrics, frame: Box, index: number): Box;
}

export type ShapeNode<Shape extends NodeShape = NodeShape> = Node<{ shape: Shape; plan: ScenePlan }, string>;
