import type { Entity } from "../../../actions/entities/entityKind";
import { useTopiq } from "../../../store/topiqStore";
import { panelNamed } from "../../kindPanels";
import type { EntityCommand } from "./entityCommands";

/** What can be done to a thing now; none where it is Kafka's own, or nothing. */
export function useCommands(entity: Entity | null, rename: () => void): readonly EntityCommand[] {
  const commandsNow = (): readonly EntityCommand[] => {
    const { image } = useTopiq.getState();
    const panel = entity && panelNamed(entity.kind);
    return image && panel && !panel.isInternal?.(image, entity.id) ? panel.commands(image, entity.id, rename) : [];
  };
  // Drawn again when their words are others: what they do is left out of the text.
  useTopiq(() => JSON.stringify(commandsNow()));
  return commandsNow();
}
