import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { performAction } from "../actions/actions";
import { SceneCanvas } from "../canvas/SceneCanvas";
import type { TokenStage } from "../canvas/tokenStage";
import { isComposing } from "../i18n/composing";
import { t } from "../i18n/t";
import { surface } from "../panels/surface";
import { Timeline } from "../panels/timeline/Timeline";
import { setView, type TopiqState, useTopiq } from "../store/topiqStore";
import { IconButton } from "../ui/Button";
import { CloseIcon } from "../ui/icons";
import { canvasHandlers } from "./canvasHandlers";
import { Dialogs } from "./Dialogs";
import { Header } from "./Header";
import { Legend } from "./Legend";
import { PageToast } from "./PageToast";
import { SceneBar } from "./SceneBar";
import "./shell.css";
import { SideResizer, useSideWidth } from "./SideResizer";
import { Toolbar } from "./Toolbar";
import { hasBanner, OpeningFailed, ProblemBanner, WindingProgress } from "./troubles";
import { useMedia } from "./useMedia";

const Outline = surface(["panels"], async () => (await import("../panels/outline/Outline")).Outline, () => setView({ outlineOpen: false }));
/** It comes right after the first picture, and takes nothing from it on its way. */
const Inspector = surface(["panels", "problems"], async () => (await import("../panels/inspector/Inspector")).Inspector);

/** The whole playground: header, canvas, inspector, timeline. */
export default function EditorApp({ tokens }: { readonly tokens: TokenStage | null }): ReactNode {
  const language = useTopiq((state) => state.view.language);
  const outlineOpen = useTopiq((state) => state.view.outlineOpen);
  const failed = useTopiq((state) => state.unopened);
  const winding = useTopiq((state) => state.winding);
  const troubled = useTopiq(hasBanner);
  const low = useMedia("(max-height: 420px)");
  const narrow = useMedia("(max-width: 860px)") || low;
  return (
    <div className="shell" lang={language}>
      <button type="button" className="ui-button shell-skip" onClick={() => document.querySelector<HTMLElement>(".play-button")?.focus()}>
        {t("shell.skip")}
      </button>
      <Header narrow={narrow} />
      <main className="shell-main">
        {outlineOpen && <OutlinePanel inert={failed !== null} />}
        <div className="shell-canvas">
          {/* What floats over the canvas comes before it: Tab reaches it without going through the whole scene. */}
          {!low && <Toolbar narrow={narrow} />}
          <SceneBar />
          <SceneCanvas handlers={canvasHandlers} tokens={tokens} interactive insets={low ? lowInsets : narrow ? narrowInsets : wideInsets} legend={<Legend />} />
          {troubled && <ProblemBanner />}
          {failed && <OpeningFailed problem={failed} />}
          {winding && <WindingProgress winding={winding} />}
        </div>
        <Side narrow={narrow} />
      </main>
      <Timeline />
      <Dialogs />
      <PageToast />
    </div>
  );
}

/** What the toolbar and the scene's bar cover of the canvas, CSS pixels. */
const wideInsets = { top: 76, right: 18, bottom: 84, left: 18 };
// The canvas keeps room for a legend above this, which a narrow window does not have.
const lowInsets = { top: 6, right: 8, bottom: 52, left: 8 };
const narrowInsets = { top: 60, right: 8, bottom: 54, left: 8 };

/** The outline at the side; by Escape, too, it is closed, and the focus that went into it goes back to where it came from. */
function OutlinePanel({ inert }: { readonly inert: boolean }): ReactNode {
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = panel;
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && current?.contains(document.activeElement)) opener.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || isComposing(event.nativeEvent) || event.target instanceof HTMLInputElement) return;
    event.stopPropagation();
    void performAction("outline");
  };
  return (
    <aside ref={panel} className="shell-outline" aria-label={t("action.outline")} inert={inert} onKeyDown={onKeyDown}>
      <PanelHead title={t("action.outline")} onClose={() => void performAction("outline")} />
      <Outline />
    </aside>
  );
}

/** The inspector at the side, or on a narrow window as a sheet that comes when something is selected. */
function Side({ narrow }: { readonly narrow: boolean }): ReactNode {
  const [open, setOpen] = useState(false);
  const pictured = useTopiq((state) => state.image !== null);
  const failed = useTopiq((state) => state.unopened !== null);
  const { width, choose } = useSideWidth();
  useEffect(() => {
    if (pictured) void Inspector.load();
  }, [pictured]);
  useEffect(() => {
    const follow = ({ selection, view }: TopiqState, before: TopiqState): void => {
      // While a wire is being made, a sheet would lie over its other end.
      if (selection !== before.selection) setOpen(selection.length > 0 && view.connectingFrom === null);
    };
    return useTopiq.subscribe(follow);
  }, []);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      const { key, target } = event;
      // In a field it takes back what was typed, and a dialog has its own.
      if (key === "Escape" && !isComposing(event) && target instanceof Element && !target.closest("input, textarea, dialog")) setOpen(false);
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  if (narrow && !open) return null;
  return (
    <aside className={narrow ? "shell-sheet" : "shell-side"} style={narrow || width === null ? undefined : { width }} aria-label={t("shell.inspector")} inert={failed}>
      {!narrow && <SideResizer choose={choose} />}
      {narrow && <PanelHead title={t("shell.inspector")} onClose={() => setOpen(false)} />}
      {pictured && <Inspector />}
    </aside>
  );
}

function PanelHead({ title, onClose }: { readonly title: string; readonly onClose: () => void }): ReactNode {
  return (
    <div className="shell-panel-head">
      <h2>{title}</h2>
      <IconButton label={t("shell.close")} icon={<CloseIcon />} onClick={onClose} />
    </div>
  );
}
