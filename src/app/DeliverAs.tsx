import type { ReactNode } from "react";
import { performAction } from "../actions/actions";
import { t } from "../i18n/t";
import { useTopiq } from "../store/topiqStore";
import { Segmented } from "../ui/Segmented";

/** The switch that changes the scenario: the same consumers in one group, or each in its own. */
export function DeliverAs({ legendHidden = false }: { readonly legendHidden?: boolean }): ReactNode {
  const mode = useTopiq((state) => state.image?.clock.mode ?? null);
  return (
    <Segmented
      legend={t("action.deliverAs")}
      legendHidden={legendHidden}
      value={mode}
      options={[
        { value: "queue", label: t("shell.queue"), title: t("shell.queueTitle") },
        { value: "pubsub", label: t("shell.pubsub"), title: t("shell.pubsubTitle") },
      ]}
      onChange={(next) => void performAction("deliverAs", { mode: next })}
    />
  );
}
