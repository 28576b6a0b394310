import type { ReactNode } from "react";
import { type MessageKey, t } from "../../i18n/t";

/** How many records wait, with the words where there is room for them; null where nobody knows yet. */
export function WaitingFigure({ count }: { readonly count: string | null }): ReactNode {
  return <Figure words={count === null ? "canvas.waitingNone" : "canvas.waitingCount"} count={count ?? "–"} />;
}

/** How many records are stored before those that are shown. */
export function EarlierFigure({ count }: { readonly count: string }): ReactNode {
  return <Figure words="canvas.earlierCount" count={count} />;
}

/** A figure among words, which the stylesheet leaves out where there is no room. */
function Figure({ words, count }: { readonly words: MessageKey; readonly count: string }): ReactNode {
  const [before = "", after = ""] = t(words, { count: MARK }).split(MARK);
  return (
    <>
      {before && <span className="scene-figure-word">{before}</span>}
      {count}
      {after && <span className="scene-figure-word">{after}</span>}
    </>
  );
}

/** Stands for the figure while the words around it are looked up. */
const MARK = "#";
