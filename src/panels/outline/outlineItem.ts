import type { ClusterImage } from "../../core/picture/image";
import { type MessageKey, type Params, t } from "../../i18n/t";
import type { EntityName } from "../../scenario/scenario";
import type { Selection } from "../../store/topiqStore";

/** One line of the outline: a thing, or a wire to one. */
export interface OutlineItem {
  /** Its path in the tree. */
  readonly id: string;
  /** How it is drawn: a section, a wire, a part of something, or a kind of entity. */
  readonly look: string;
  /** A name as it is, or words. */
  readonly name: string | OutlineText;
  /** Its figures in words, as they are in this image. */
  figures(image: ClusterImage): readonly OutlineText[];
  readonly select: Selection | null;
  /** The thing that commands are about; a wire has both ends. */
  readonly entity: EntityName | null;
  readonly wire: { readonly from: EntityName; readonly to: EntityName } | null;
  /** Of a section: the kind that can be added there. */
  readonly adds: string | null;
  readonly children: readonly OutlineItem[];
}

export interface OutlineText {
  readonly key: MessageKey;
  readonly params: Params;
}

export interface OutlineNames {
  readonly name: (kind: string, id: string) => string;
  /** "P0 and P1". */
  readonly join: (names: readonly string[]) => string;
}

/** The top line of a kind, and under it a line for each of it. */
export interface OutlineSection {
  /** The same in every language. */
  readonly id: string;
  readonly title: MessageKey;
  items(image: ClusterImage, names: OutlineNames): readonly OutlineItem[];
}

export function newItem(given: Pick<OutlineItem, "id" | "look" | "name"> & Partial<OutlineItem>): OutlineItem {
  return { figures: () => [], select: null, entity: null, wire: null, adds: null, children: [], ...given };
}

/** The line of a wire: chosen, it selects what is at its other end. */
export function wireItem(parentId: string, name: OutlineText, select: Selection, from: EntityName, to: EntityName): OutlineItem {
  return newItem({ id: `${parentId}>${from}>${to}`, look: "wire", name, select, wire: { from, to } });
}

export function outlineName({ name }: OutlineItem): string {
  return typeof name === "string" ? name : t(name.key, name.params);
}
