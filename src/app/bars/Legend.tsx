import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { isComposing } from "../../i18n/composing";
import { t } from "../../i18n/t";
import { surface } from "../../panels/surface";
import { useTopiq } from "../../store/topiqStore";
import { HelpIcon } from "../../ui/icons";
import "./legend.css";

const LegendList = surface(["dialogs", "panels"], async () => (await import("../../panels/legend/LegendList")).LegendList);

/** The legend's one line, or where there is no room for it its sign; pressed, it opens the whole list in place, above the picture that it explains. */
export function Legend({ isSign = false }: { readonly isSign?: boolean }): ReactNode {
  const [open, setOpen] = useState(false);
  const [room, setRoom] = useState<number | undefined>();
  const line = useTopiq(({ image }) => ((image?.queues.size ?? 0) > 0 ? "canvas.legendQueues" : (image?.groups.size ?? 0) > 1 ? "canvas.legendShared" : "canvas.legend"));
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
    <div ref={root} className={isSign ? "legend legend-sign" : "legend"} onKeyDown={onKeyDown}>
      <button type="button" className={isSign ? "ui-icon-button" : "legend-line"} {...(isSign && { "aria-label": t("canvas.legendTitle") })} aria-expanded={open} aria-controls={open ? id : undefined} onClick={({ currentTarget }) => {
          setRoom(isSign ? undefined : roomAbove(currentTarget));
          setOpen(!open);
        }}>
        {isSign ? (
          <HelpIcon />
        ) : (
          <>
            <span>{t(line)}</span> <HelpIcon size={14} />
          </>
        )}
      </button>
      {open && (
        <div id={id} className="legend-card" style={{ maxHeight: room }} role="region" aria-label={t("canvas.legendTitle")} tabIndex={0}>
          <LegendList />
        </div>
      )}
    </div>
  );
}

/** What the tools at the canvas's top take, CSS pixels. */
const TOOLS = 64;

/** CSS pixels from the legend's line to what stands at the canvas's top. */
function roomAbove(line: HTMLElement): number | undefined {
  const canvas = line.closest(".scene");
  return canvas ? Math.max(120, line.getBoundingClientRect().top - canvas.getBoundingClientRect().top - TOOLS) : undefined;
}
