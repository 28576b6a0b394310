import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { t } from "../../i18n/t";
import { Button } from "../../ui/Button";
import { FoldIcon } from "../../ui/icons";
import "./below.css";

/** In the inspector, in place of what has gone below the canvas: the way to bring it back. */
export function StandsBelow({ action }: { readonly action: "recordsBelow" | "chartsBelow" }): ReactNode {
  return (
    <Button className="below-back" icon={<FoldIcon />} onClick={() => void performAction(action)}>
      {t("below.back")}
    </Button>
  );
}
