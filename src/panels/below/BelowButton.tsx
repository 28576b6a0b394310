import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { IconButton } from "../../ui/Button";
import { UnfoldIcon } from "../../ui/icons";
import "./below.css";

/** On what may go below the canvas: sends it there. */
export function BelowButton({ what }: { readonly what: "records" | "charts" }): ReactNode {
  const isBelow = useTopiq((state) => state.view.below === what);
  if (isBelow) return null;
  return <IconButton className="below-button" label={t(`action.${what}Below`)} icon={<UnfoldIcon />} onClick={() => void performAction(`${what}Below`)} />;
}
