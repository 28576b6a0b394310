import type { Node, NodeTypes } from "@xyflow/react";
import type { ClusterImage } from "../../core/picture/image";
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
  /** The wires that are its: beside it stands what cuts them, and it stands beside their other ends. */
  wires(shape: Shape): readonly WireEnds[];
  /** What a screen reader says of it. */
  label(shape: Shape, name: string): string;
  /** What it holds, in its frame. */
  readonly inner?: InnerNodes<Shape>;
  /** What is drawn whole while it is selected. */
  chosen?(selection: Selection, image: ClusterImage): Partial<ChosenParts>;
  /** How wires run that have it at one end: one of the two kinds gives them. Left out: the other does. */
  ways?(structure: SceneStructure, layout: SceneLayout): SceneWires;
  /** Whether this wire is brought out while it is selected. */
  hasWire(wire: Wire, selection: Selection): boolean;
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
