import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { useTopiq } from "../../store/topiqStore";
import { StandsBelow } from "../below/StandsBelow";
import type { ShownProps } from "../kindPanel";
import { panelNamed } from "../kindPanels";
import { LagChart } from "./LagChart";

/** The charts in the inspector, unless they have gone below the canvas. */
export function ChartsTab({ shown }: ShownProps): ReactNode {
  const isBelow = useTopiq((state) => state.view.below === "charts");
  return isBelow ? <StandsBelow action="chartsBelow" /> : <ViewCharts shown={shown} />;
}

/** The charts of what is looked at. */
export function ViewCharts({ shown: { kind, id } }: ShownProps): ReactNode {
  const panel = panelNamed(kind);
  const groupIds = useTopiq(useShallow(({ image }) => (image && panel?.chartedGroups(image, id)) ?? []));
  return <LagChart groupIds={groupIds} scope={panel?.chartScope?.(id) ?? null} />;
}
