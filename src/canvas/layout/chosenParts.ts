import { kindNamed } from "../../actions/entities/kindTable";
import type { TopiqState } from "../../store/topiqStore";
import type { ChosenParts } from "./sceneDetail";

/** What is drawn whole because of what is selected. */
export function chosenParts({ selection, image }: TopiqState): ChosenParts {
  const leading = selection.at(-1);
  const chosen = leading && image ? kindNamed(leading.kind)?.node.chosen?.(leading, image) : null;
  return { group: chosen?.group ?? null, topic: chosen?.topic ?? null, partition: chosen?.partition ?? null };
}
