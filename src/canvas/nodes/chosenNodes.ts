import type { NodeChange } from "@xyflow/react";
import { useMemo } from "react";
import { entityName, parseEntity, wholeSelection } from "../../actions/entities/entities";
import { kindNamed } from "../../actions/entities/kindTable";
import type { EntityName } from "../../scenario/scenario";
import { select, type Selection, useTopiq } from "../../store/topiqStore";
import type { ShapeNode } from "./kindNode";

/** React Flow's selecting (click, Enter, box) as the store's selection. */
export function selectChanged(changes: readonly NodeChange<ShapeNode>[]): void {
  const selects = changes.filter((change) => change.type === "select");
  if (selects.length === 0) return;
  const state = useTopiq.getState();
  const names = new Set(wholeSelection(state).map(({ kind, id }) => entityName(kind, id)));
  for (const change of selects) {
    if (change.selected) names.add(change.id);
    else names.delete(change.id);
  }
  const parts = state.selection.filter(({ part }) => part !== undefined);
  const chosen = [...names].flatMap((name) => selectionOf(name) ?? []);
  select(selects.some((change) => change.selected) ? chosen : [...parts, ...chosen]);
}

/** A node as something that can be selected. */
export function selectionOf(name: EntityName): Selection | null {
  const entity = parseEntity(name);
  return entity && { ...entity };
}

/** The names of what is selected whole. */
export function useSelectedNames(): ReadonlySet<EntityName> {
  const selection = useTopiq((state) => state.selection);
  return useMemo(() => new Set(wholeSelection({ ...useTopiq.getState(), selection }).map(({ kind, id }) => entityName(kind, id))), [selection]);
}

/** Whether it stands in the frame of another. */
export function isInner(name: EntityName): boolean {
  const entity = parseEntity(name);
  return entity !== null && kindNamed(entity.kind)?.node.column === null;
}
