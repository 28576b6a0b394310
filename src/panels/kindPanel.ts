import type { ComponentType } from "react";
import type { ClusterImage } from "../core/picture/image";
import type { Selection } from "../store/topiqStore";
import type { EntityCommand } from "./inspector/parts/entityCommands";
import type { OutlineSection } from "./outline/outlineItem";

declare module "../actions/entities/entityKind" {
  interface EntityKind {
    /** It comes after the first picture, with what shows it. */
    readonly panel: () => Promise<KindPanel>;
  }
}

/** How a kind of entity is told in words: its view in the inspector, and its lines in the outline. */
export interface KindPanel {
  /** What stands before its name. */
  readonly Mark: ComponentType<{ readonly id: string; readonly size?: number }>;
  /** Its name at the head of the inspector. */
  readonly Title: ComponentType<ShownProps>;
  /** The tabs that have something in them. */
  tabs(image: ClusterImage, shown: Selection): readonly PanelTab[];
  /** The records that it holds, where it holds any: they can go below the canvas. */
  readonly Records?: ComponentType<ShownProps>;
  /** Whether the part that was selected is there. */
  hasPart?(image: ClusterImage, selected: Selection): boolean;
  /** The groups whose lag its charts show, and what they are about when less is selected. */
  chartedGroups(image: ClusterImage, id: string): readonly string[];
  chartScope?(id: string): string;
  /** Kafka's own, which is looked at and not changed. */
  isInternal?(image: ClusterImage, id: string): boolean;
  /** What can be done to it: the same actions that the canvas has. `rename` is asked for where the menu stands. */
  commands(image: ClusterImage, id: string, rename: () => void): readonly EntityCommand[];
  /** Its part of the outline; left out where its lines stand inside others. */
  readonly section?: OutlineSection;
}

export interface ShownProps {
  readonly shown: Selection;
}

export type InspectorTab = "records" | "figures" | "settings" | "charts";

export interface PanelTab {
  readonly name: InspectorTab;
  readonly Body: ComponentType<ShownProps>;
}
