import { type ReactNode, useEffect, useState } from "react";
import { useKindTable } from "../actions/entities/kindTable";
import { setDrawer } from "../actions/preferences";
import type { TokenStage } from "../canvas/motion/tokenStage";
import { isComposing } from "../i18n/composing";
import { t } from "../i18n/t";
import { entitySurface, surface } from "../panels/surface";
import { Timeline } from "../panels/timeline/Timeline";
import { select, setView, type TopiqState, useTopiq } from "../store/topiqStore";
import { IconButton } from "../ui/Button";
import { CloseIcon } from "../ui/icons";
import { Dialogs } from "./Dialogs";
import { Header } from "./bars/Header";
import { PanelEdge, type PanelSize, usePanelSize } from "./panes/PanelEdge";
import { PageToast } from "./banners/PageToast";
import { Scene } from "./Scene";
import { SceneBar } from "./bars/SceneBar";
import "./shell.css";
import { Toolbar } from "./bars/Toolbar";
import { hasBanner, OpeningFailed, ProblemBanner, WindingProgress } from "./banners/troubles";
import { useMedia } from "./useMedia";
import { useSettled } from "./useSettled";

/** It comes right after the first picture, and takes nothing from it on its way. */
const Inspector = entitySurface(["panels", "problems"], async () => (await import("../panels/inspector/Inspector")).Inspector);
const Drawer = surface([], async () => (await import("./panes/Drawer")).Drawer, () => setDrawer(null));
const Below = entitySurface(["panels"], async () => (await import("../panels/below/Below")).Below, () => setView({ below: null }));

/** The whole playground: header, canvas, inspector, timeline. */
export default function EditorApp({ tokens }: { readonly tokens: TokenStage | null }): ReactNode {
  const language = useTopiq((state) => state.view.language);
  // With more kinds come more words, and panels.
  useKindTable();
  const failed = useTopiq((state) => state.unopened);
  const winding = useTopiq((state) => state.winding);
  const troubled = useTopiq(hasBanner);
  const low = useMedia("(max-height: 420px)");
  const narrow = useMedia("(max-width: 860px)") || low;
  const folded = useTopiq((state) => state.view.sideFolded) && !narrow;
  const below = useTopiq((state) => state.view.below);
  const [side, drawer, table] = [usePanelSize("sideWidth"), usePanelSize("drawerWidth"), usePanelSize("tableHeight")];
  const open = useTopiq((state) => state.view.drawer);
  const [restored, setRestored] = useState(open);
  if (restored !== null && open !== restored) setRestored(null);
  const isSettled = useSettled();
  useEffect(() => {
    if (!isSettled) return undefined;
    // Nothing of it is in the first picture. Where it cannot be loaded, no scene is marked.
    const following = import("../actions/progress").then(({ followProgress }) => followProgress());
    following.catch(() => undefined);
    return () => void following.then((stop) => stop()).catch(() => undefined);
  }, [isSettled]);
  useEffect(() => {
    // A narrow window has no room below.
    if (narrow) setView({ below: null });
  }, [narrow]);
  return (
    <div className="shell" lang={language}>
      <button type="button" className="ui-button shell-skip" onClick={() => document.querySelector<HTMLElement>(".play-button")?.focus()}>
        {t("shell.skip")}
      </button>
      <Header narrow={narrow} />
      <main className="shell-main" style={{ ...drawer.style, ...side.style, ...(folded && { "--side": "0px" }) }}>
        {open && <Drawer open={open} takesFocus={restored === null} narrow={narrow} failed={failed !== null} edge={drawer} />}
        <div className="shell-canvas">
          {/* What floats over the canvas comes before it: Tab reaches it without going through the whole scene. */}
          {!low && <Toolbar narrow={narrow} />}
          <SceneBar />
          <Scene tokens={tokens} interactive insets={low ? lowInsets : narrow ? narrowInsets : troubled ? belowBanner : wideInsets} />
          {troubled && <ProblemBanner />}
          {failed && <OpeningFailed problem={failed} />}
          {winding && <WindingProgress winding={winding} />}
        </div>
        {!folded && <Side narrow={narrow} edge={side} />}
      </main>
      {below && !narrow && (
        <section className="shell-below" style={table.style} aria-label={t(`action.${below}Below`)} inert={failed !== null}>
          <PanelEdge {...table} />
          <Below key={below} what={below} />
        </section>
      )}
      <Timeline />
      <Dialogs />
      <PageToast />
    </div>
  );
}

/** What the toolbar and the scene's bar cover of the canvas, CSS pixels. */
const wideInsets = { top: 76, right: 18, bottom: 84, left: 18 };
/** What the banner below the tools covers as well. */
const belowBanner = { ...wideInsets, top: 132 };
// The canvas keeps room for a legend above this, which a narrow window does not have.
const lowInsets = { top: 6, right: 8, bottom: 52, left: 8 };
const narrowInsets = { top: 60, right: 8, bottom: 54, left: 8 };

/** The inspector at the side, or on a narrow window as a sheet that comes when something is selected. */
function Side({ narrow, edge }: { readonly narrow: boolean; readonly edge: PanelSize }): ReactNode {
  const [open, setOpen] = useState(false);
  const isSettled = useSettled();
  const pictured = useTopiq((state) => state.image !== null) && isSettled;
  const failed = useTopiq((state) => state.unopened !== null);
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
      if (key === "Escape" && !isComposing(event) && target instanceof Element && !target.closest("input, textarea, dialog")) {
        setOpen(false);
        select([]);
      }
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
  if (narrow && !open) return null;
  return (
    <aside className={narrow ? "shell-sheet" : "shell-side"} aria-label={t("shell.inspector")} inert={failed}>
      {!narrow && <PanelEdge {...edge} />}
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
