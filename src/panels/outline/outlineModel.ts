import { allKinds } from "../../actions/entities/kindTable";
import type { ClusterImage } from "../../core/picture/image";
import { panelNamed } from "../kindPanels";
import { newItem, type OutlineItem, type OutlineNames } from "./outlineItem";

/** The scenario as a tree: producers with the topics they write to, topics with their partitions and readers, groups with their topics and consumers. */
export function outline(image: ClusterImage, names: OutlineNames): readonly OutlineItem[] {
  return allKinds().flatMap(({ name }) => {
    const section = panelNamed(name)?.section;
    if (!section) return [];
    const children = section.items(image, names);
    return [newItem({ id: section.id, look: "section", adds: name, name: { key: section.title, params: {} }, figures: () => [{ key: "outline.count", params: { count: children.length } }], children })];
  });
}

/** A line as it stands in the tree now. */
export interface OutlineLine {
  readonly item: OutlineItem;
  /** From 1. */
  readonly level: number;
  readonly parent: OutlineItem | null;
}

/** The lines that are not inside a closed item, from top to bottom. */
export function visibleLines(items: readonly OutlineItem[], closed: ReadonlySet<string>): readonly OutlineLine[] {
  const lines: OutlineLine[] = [];
  const visit = (item: OutlineItem, level: number, parent: OutlineItem | null): void => {
    lines.push({ item, level, parent });
    if (!closed.has(item.id)) for (const child of item.children) visit(child, level + 1, item);
  };
  for (const item of items) visit(item, 1, null);
  return lines;
}

export type OutlineMove = { readonly kind: "focus"; readonly id: string } | { readonly kind: "open" | "close"; readonly id: string };

/** What a key of the tree pattern does from a line (WAI-ARIA: arrows, Home, End), or null. */
export function outlineMove(lines: readonly OutlineLine[], currentId: string, closed: ReadonlySet<string>, key: string): OutlineMove | null {
  const at = lines.findIndex((line) => line.item.id === currentId);
  const line = lines[at];
  if (!line) return null;
  const focus = (target: OutlineItem | null | undefined): OutlineMove | null => (target ? { kind: "focus", id: target.id } : null);
  const { item, parent } = line;
  switch (key) {
    case "ArrowDown":
      return focus(lines[at + 1]?.item);
    case "ArrowUp":
      return focus(lines[at - 1]?.item);
    case "Home":
      return focus(lines[0]?.item);
    case "End":
      return focus(lines.at(-1)?.item);
    case "ArrowRight":
      return item.children.length > 0 && closed.has(item.id) ? { kind: "open", id: item.id } : focus(item.children[0]);
    case "ArrowLeft":
      return item.children.length > 0 && !closed.has(item.id) ? { kind: "close", id: item.id } : focus(parent);
    default:
      return null;
  }
}
