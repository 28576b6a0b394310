import { lazy, type ReactNode, Suspense } from "react";
import { useTopiq } from "../store/topiqStore";

const dialogs = {
  share: lazy(() => import("../panels/dialogs/ShareDialog")),
  embed: lazy(() => import("../panels/dialogs/EmbedDialog")),
  presets: lazy(() => import("../panels/dialogs/PresetsDialog")),
  help: lazy(() => import("../panels/dialogs/HelpDialog")),
  palette: lazy(() => import("../panels/dialogs/PaletteDialog")),
};

/** The open dialog, each a chunk of its own. */
export function Dialogs(): ReactNode {
  const open = useTopiq((state) => state.view.dialog);
  if (open === null || open === "import") return null;
  const Dialog = dialogs[open];
  return (
    <Suspense fallback={null}>
      <Dialog />
    </Suspense>
  );
}
