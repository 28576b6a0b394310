import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { performAction } from "../../actions/actions";
import { setDrawer } from "../../actions/preferences";
import { isComposing } from "../../i18n/composing";
import { t } from "../../i18n/t";
import { entitySurface, surface } from "../../panels/surface";
import type { Drawer as DrawerName } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { CloseIcon } from "../../ui/icons";
import { PanelEdge, type PanelSize } from "./PanelEdge";
import "./drawer.css";

const close = (): void => setDrawer(null);

const contents = {
  outline: entitySurface(["panels"], async () => (await import("../../panels/outline/Outline")).Outline, close),
  examples: surface(["dialogs", "panels"], async () => (await import("../../panels/examples/Examples")).Examples, close),
};

const names = Object.keys(contents) as DrawerName[];

interface DrawerProps {
  readonly open: DrawerName;
  /** What an earlier visit has left open does not take the focus. */
  readonly takesFocus: boolean;
  readonly narrow: boolean;
  /** Something could not be opened, and says so. */
  readonly failed: boolean;
  readonly edge: PanelSize;
}

/** What stands open at the left, one thing at a time. By Escape, too, it is closed, and the focus that went into it goes back to where it came from. */
export function Drawer({ open, narrow, failed, edge, takesFocus }: DrawerProps): ReactNode {
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = panel;
    const opener = document.activeElement;
    return () => {
      if (opener instanceof HTMLElement && current?.contains(document.activeElement)) opener.focus();
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    const isRename = event.target instanceof HTMLInputElement && event.target.type !== "search";
    if (event.key !== "Escape" || isComposing(event.nativeEvent) || isRename) return;
    event.stopPropagation();
    close();
  };
  // Where it lies over the picture, it goes once something has been chosen from it.
  const onOpen = (): void => {
    const canvas = document.querySelector(".shell-canvas")?.getBoundingClientRect();
    const own = panel.current?.getBoundingClientRect();
    if (canvas && own && canvas.left < own.right) close();
  };
  const Contents = contents[open];
  return (
    <aside ref={panel} className="shell-drawer" aria-label={t(`action.${open}`)} onKeyDown={onKeyDown}>
      {!narrow && <PanelEdge {...edge} />}
      <div className="shell-panel-head">
        <div className="shell-drawer-names">
          {names.map((name) => (
            <button key={name} type="button" aria-pressed={name === open} disabled={failed && name === "outline"} onClick={() => name !== open && void performAction(name)}>
              {t(`action.${name}`)}
            </button>
          ))}
        </div>
        <IconButton label={t("shell.close")} icon={<CloseIcon />} onClick={close} />
      </div>
      <div inert={failed && open === "outline"}>
        <Contents key={open} takesFocus={takesFocus} onOpen={onOpen} />
      </div>
    </aside>
  );
}
