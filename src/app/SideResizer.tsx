import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { readPreferences, setSideWidth } from "../actions/preferences";
import { t } from "../i18n/t";
import "./resizer.css";

/** CSS pixels: how wide the inspector may be, and what is left to the canvas. */
const LEAST = 280;
const MOST = 600;
const CANVAS = 720;
const STEP = 20;

/** The inspector's width in CSS pixels, as it was chosen; null as the stylesheet has it. The canvas keeps its own. */
export function useSideWidth(): { readonly width: number | null; readonly choose: (width: number, isFinal: boolean) => void } {
  const [width, setWidth] = useState(() => readPreferences().sideWidth ?? null);
  const choose = (wanted: number, isFinal: boolean): void => {
    const next = Math.round(Math.max(LEAST, Math.min(wanted, MOST, innerWidth - CANVAS)));
    setWidth(next);
    if (isFinal) setSideWidth(next);
  };
  return { width, choose };
}

/** The inspector's edge, by which it is made wider: with a pointer, or with the arrow keys. */
export function SideResizer({ choose }: Pick<ReturnType<typeof useSideWidth>, "choose">): ReactNode {
  const widthNow = (element: Element): number => element.parentElement?.getBoundingClientRect().width ?? 0;
  const widthAt = (event: PointerEvent): number => (event.currentTarget.parentElement?.getBoundingClientRect().right ?? 0) - event.clientX;
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: STEP, ArrowRight: -STEP, Home: MOST, End: -MOST }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    choose(widthNow(event.currentTarget) + step, true);
  };
  return (
    // A separator that can be moved is a control (ARIA 1.2).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={t("shell.inspectorWidth")}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      className="shell-resizer"
      onKeyDown={onKeyDown}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && choose(widthAt(event), false)}
      onPointerUp={(event) => choose(widthAt(event), true)}
    />
  );
}
