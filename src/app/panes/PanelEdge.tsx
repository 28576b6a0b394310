import { type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { readPreferences, remember } from "../../actions/preferences";
import { t } from "../../i18n/t";
import "./panelEdge.css";

/** CSS pixels: what is left to the canvas. */
const CANVAS = { width: 720, height: 320 };
const STEP = 20;

/** Each panel's size in the stylesheet, its edge that is dragged, how large it may be in CSS pixels, and how large the window lets it be. */
const panels = {
  drawerWidth: { property: "--drawer", edge: "right", least: 240, most: 400, room: () => innerWidth },
  sideWidth: { property: "--side", edge: "left", least: 280, most: 600, room: () => innerWidth - CANVAS.width },
  tableHeight: { property: "--table", edge: "top", least: 160, most: 560, room: () => innerHeight - CANVAS.height },
} as const;

export interface PanelSize {
  readonly panel: keyof typeof panels;
  readonly choose: (size: number, isFinal: boolean) => void;
  /** As it was chosen, for the frame that it stands in; none as the stylesheet has it. */
  readonly style: CSSProperties;
}

/** How large a panel is, and how it is made larger. The canvas keeps its own. */
export function usePanelSize(panel: PanelSize["panel"]): PanelSize {
  const [size, setSize] = useState(() => readPreferences()[panel] ?? null);
  const { property, least, most, room } = panels[panel];
  const choose = (wanted: number, isFinal: boolean): void => {
    const next = Math.round(Math.max(least, Math.min(wanted, most, room())));
    setSize(next);
    if (isFinal) remember({ [panel]: next });
  };
  // The stylesheet has it as a property of the page's frame.
  const style = size === null ? {} : { [property]: `${size}px` };
  return { panel, choose, style };
}

/** A panel's edge, by which it is made larger: with a pointer, or with the arrow keys. It stands in the panel. */
export function PanelEdge({ panel, choose }: PanelSize): ReactNode {
  const { edge, least, most } = panels[panel];
  const isTop = edge === "top";
  const boxOf = (element: Element): DOMRect => (element.parentElement ?? element).getBoundingClientRect();
  const sizeNow = (element: Element): number => boxOf(element)[isTop ? "height" : "width"];
  const sizeAt = ({ currentTarget, clientX, clientY }: PointerEvent): number => {
    const { left, right, bottom } = boxOf(currentTarget);
    return { left: right - clientX, right: clientX - left, top: bottom - clientY }[edge];
  };
  const [shrinks, grows] = { left: ["ArrowRight", "ArrowLeft"], right: ["ArrowLeft", "ArrowRight"], top: ["ArrowDown", "ArrowUp"] }[edge];
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = new Map([[grows, STEP], [shrinks, -STEP], ["Home", most], ["End", -most]]).get(event.key);
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(sizeNow(event.currentTarget) + step, true);
  };
  return (
    // A separator that can be moved is a control (ARIA 1.2).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation={isTop ? "horizontal" : "vertical"}
      aria-label={t(`shell.${panel}`)}
      aria-valuemin={least}
      aria-valuemax={most}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className={`shell-edge shell-edge-${edge}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && choose(sizeAt(event), false)}
      onPointerUp={(event) => choose(sizeAt(event), true)}
    />
  );
}
