import type { ReactNode } from "react";
import { t } from "../i18n/t";

/** How many records wait, with the word where there is room for it. */
export function WaitingFigure({ count }: { readonly count: string }): ReactNode {
  return (
    <>
      {count}
      <span className="scene-waiting-word"> {t("canvas.trackWaiting")}</span>
    </>
  );
}
