import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { isComposing } from "../i18n/composing";
import { t } from "../i18n/t";
import { surface } from "../panels/surface";
import { useTopiq } from "../store/topiqStore";
import { HelpIcon } from "../ui/icons";
import "./legend.css";

const LegendList = surface(["dialogs", "panels"], async () => (await import("../panels/legend/LegendList")).LegendList);

/** The legend's one line; pressed, it opens the whole list in place, above the picture that it explains. */
export function Legend(): ReactNode {
  const [open, setOpen] = useState(false);
  const isShared = useTopiq((state) => (state.image?.groups.size ?? 0) > 1);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  useEffect(() => {
    if (!open) return;
    const closeOutside = ({ target }: PointerEvent): void => {
      if (target instanceof Node && !root.current?.contains(target)) setOpen(false);
    };
    document.addEventListener("pointerdown", closeOutside, true);
    return () => document.removeEventListener("pointerdown", closeOutside, true);
  }, [open]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !open || isComposing(event.nativeEvent)) return;
    event.stopPropagation();
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  return (
    <div ref={root} className="legend" onKeyDown={onKeyDown}>
      <button type="button" className="legend-line" aria-expanded={open} aria-controls={open ? id : undefined} onClick={() => setOpen(!open)}>
        <span>{t(isShared ? "canvas.legendShared" : "canvas.legend")}</span> <HelpIcon size={14} />
      </button>
      {open && (
        <div id={id} className="legend-card" role="region" aria-label={t("canvas.legendTitle")} tabIndex={0}>
          <LegendList />
        </div>
      )}
    </div>
  );
}
