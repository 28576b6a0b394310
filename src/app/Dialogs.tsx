import type { ReactNode } from "react";
import { surface } from "../panels/surface";
import { setView, useTopiq } from "../store/topiqStore";

const close = (): void => setView({ dialog: null });

const dialogs = {
  share: surface(["dialogs"], async () => (await import("../panels/dialogs/ShareDialog")).ShareDialog, close),
  embed: surface(["dialogs"], async () => (await import("../panels/dialogs/EmbedDialog")).EmbedDialog, close),
  // The picture's marks have the names that the panels explain.
  help: surface(["dialogs", "panels"], async () => (await import("../panels/dialogs/HelpDialog")).HelpDialog, close),
  palette: surface(["dialogs"], async () => (await import("../panels/dialogs/PaletteDialog")).PaletteDialog, close),
};

/** The open dialog, each a chunk of its own. */
export function Dialogs(): ReactNode {
  const open = useTopiq((state) => state.view.dialog);
  if (open === null) return null;
  const Dialog = dialogs[open];
  return <Dialog key={open} />;
}
