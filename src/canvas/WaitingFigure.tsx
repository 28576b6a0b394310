import type { ReactNode } from "react";
import { t } from "../i18n/t";

/** How many records wait, with the words where there is room for them; null where nobody knows yet. */
export function WaitingFigure({ count }: { readonly count: string | null }): ReactNode {
  const [before = "", after = ""] = t(count === null ? "canvas.waitingNone" : "canvas.waitingCount", { count: MARK }).split(MARK);
  return (
    <>
      {before && <span className="scene-waiting-word">{before}</span>}
      {count ?? "–"}
      {after && <span className="scene-waiting-word">{after}</span>}
    </>
  );
}

/** Stands for the figure while the words around it are looked up. */
const MARK = "#";
