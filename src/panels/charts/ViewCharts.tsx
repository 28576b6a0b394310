import type { ReactNode } from "react";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { chartedGroups, type InspectorView } from "../inspector/inspectorView";
import { LagChart } from "./LagChart";

/** The charts of what is looked at. */
export function ViewCharts({ image, view }: { readonly image: ClusterImage; readonly view: InspectorView }): ReactNode {
  return <LagChart image={image} groupIds={chartedGroups(image, view)} scope={"topic" in view ? t("delivery.scope.topic", { topic: view.topic.name }) : null} />;
}
