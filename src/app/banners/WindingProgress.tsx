import { type ReactNode, useEffect, useState } from "react";
import { formatSeconds } from "../../actions/clock";
import { send } from "../../actions/simulation";
import type { WindingImage } from "../../bridge/messages";
import { isComposing } from "../../i18n/composing";
import { t } from "../../i18n/t";
import { Button } from "../../ui/Button";
import "./winding.css";

/** How far an opening or a way to another moment has come that takes a while, and a way out of it: the button, or Escape. */
export function WindingProgress({ winding }: { readonly winding: WindingImage }): ReactNode {
  const { isOpening, fromUs, atUs, toUs, waiting } = winding;
  const title = t(isOpening ? "winding.opening" : "winding.moving");
  const progress = t("winding.progress", { at: formatSeconds(atUs), to: formatSeconds(toUs) });
  useCancelByEscape();
  return (
    <section className="shell-winding" aria-label={title}>
      <p aria-hidden="true">{title}</p>
      <progress value={atUs - fromUs} max={Math.max(toUs - fromUs, 1)} aria-label={title} aria-valuetext={progress} />
      <p className="mono">{progress}</p>
      {!isOpening && <p className="shell-winding-note">{waiting === 0 ? t("winding.meanwhile") : t("winding.waiting", { count: waiting })}</p>}
      <Button onClick={cancel}>{t("winding.cancel")}</Button>
      <SaidOnce text={title} />
    </section>
  );
}

function cancel(): void {
  send({ type: "cancel" });
}

function useCancelByEscape(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { key, target } = event;
      // In a field it takes back what was typed, and a dialog is closed by it.
      if (key === "Escape" && !isComposing(event) && !(target instanceof Element && target.closest("input, textarea, dialog"))) cancel();
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Said to screen readers once: they speak of what changes in a status that was there before, not of what it came with. */
function SaidOnce({ text }: { readonly text: string }): ReactNode {
  const [said, setSaid] = useState("");
  useEffect(() => setSaid(text), [text]);
  return (
    <span className="sr-only" role="status">
      {said}
    </span>
  );
}
