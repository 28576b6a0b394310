import type { ReactNode } from "react";
import { formatClock } from "../actions/clock";
import { send } from "../actions/simulation";
import { t } from "../i18n/t";
import { useTopiq } from "../store/topiqStore";
import { Button } from "../ui/Button";
import "./winding.css";

/** How far an opening or a way to another moment has come that takes a while, and a way out of it. */
export function WindingProgress(): ReactNode {
  const winding = useTopiq((state) => state.winding);
  if (!winding) return null;
  const { isOpening, fromUs, atUs, toUs } = winding;
  const at = formatClock(atUs);
  const to = formatClock(toUs);
  return (
    <section className="shell-winding" aria-label={t(isOpening ? "winding.opening" : "winding.moving")}>
      <p>{t(isOpening ? "winding.opening" : "winding.moving")}</p>
      <progress value={atUs - fromUs} max={Math.max(toUs - fromUs, 1)} aria-label={t("winding.progress", { at, to })} />
      <p className="mono">{t("winding.progress", { at, to })}</p>
      <Button onClick={() => send({ type: "cancel" })}>{t("winding.cancel")}</Button>
    </section>
  );
}
