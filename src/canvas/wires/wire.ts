import type { Entity } from "../../actions/entities/entityKind";
import type { Point } from "../layout/geometry";
import type { Polyline } from "./polyline";

/** One producer's way to a lane, or one assigned partition's way to its member. Its line runs from the client to the lane. */
export interface Wire {
  readonly id: string;
  /** "forward": of a program that sends on what it has read. */
  readonly kind: "produce" | "fetch" | "forward";
  readonly client: Entity;
  readonly actor: number;
  readonly group: string | null;
  readonly letter: number | null;
  readonly topic: string;
  readonly topicIndex: number;
  readonly partition: number;
  readonly points: Polyline;
}

/** What is painted: wires that share a stretch share its stroke, so that dashes stay dashes. */
export interface Stroke {
  readonly id: string;
  readonly kind: "produce" | "fetch" | "forward" | "subscription";
  readonly letter: number | null;
  readonly points: Polyline;
}

/** The partitioner on a producer's way: the key's hash, or the sticky choice. */
export interface PartitionerPill extends Point {
  readonly topic: string;
  readonly partitioner: "keyed" | "sticky";
}

export interface SceneWires {
  readonly wires: readonly Wire[];
  readonly strokes: readonly Stroke[];
  readonly pills: readonly PartitionerPill[];
}
