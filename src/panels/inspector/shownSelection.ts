import { useMemo } from "react";
import { entitiesOf, homeIn, kindNamed } from "../../actions/entities/kindTable";
import type { ClusterImage } from "../../core/picture/image";
import { type Selection, useTopiq } from "../../store/topiqStore";
import { panelNamed } from "../kindPanels";

/** The last selected thing that exists, or else what is looked at while nothing is selected, or null in an empty scene. */
export function shownSelection(image: ClusterImage, selection: readonly Selection[]): Selection | null {
  const selected = selection.findLast((candidate) => isThere(image, candidate));
  return selected ?? homeIn(image);
}

/** What is shown of these, the same object as long as it is the same thing. */
export function useShown(selection: readonly Selection[]): Selection | null {
  const key = useTopiq(({ image }) => JSON.stringify(image && shownSelection(image, selection)));
  // The key is the selection's own JSON.
  return useMemo(() => JSON.parse(key) as Selection | null, [key]);
}

function isThere(image: ClusterImage, selected: Selection): boolean {
  const kind = kindNamed(selected.kind);
  if (!kind || !entitiesOf(image, kind).has(selected.id)) return false;
  return selected.part === undefined || panelNamed(selected.kind)?.hasPart?.(image, selected) === true;
}
