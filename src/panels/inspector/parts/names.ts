import { displayName } from "../../../actions/entities/entities";
import { useTopiq } from "../../../store/topiqStore";

/** What entities are called on the screen, kept up with the scenario's labels and the language. */
export function useNames(): (kind: string, id: string) => string {
  useTopiq((state) => state.scenario?.labels);
  useTopiq((state) => state.view.language);
  return (kind, id) => displayName(useTopiq.getState(), kind, id);
}
