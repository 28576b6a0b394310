import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import type { DeliveryMode } from "../../core/world/spec";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { Segmented, type SegmentedProps } from "../../ui/Segmented";

/** The switch that changes the scenario: the same consumers in one group, or each in its own; where it was both at once, that too. */
export function DeliverAs({ legendHidden = false }: { readonly legendHidden?: boolean }): ReactNode {
  // Without groups, nothing reads a log in either way.
  const isWithoutGroups = useTopiq(({ image }) => image !== null && image.queues.size > 0 && image.groups.size === 0);
  const delivery = useDelivery();
  return !isWithoutGroups && <Segmented legend={t("action.deliverAs")} legendHidden={legendHidden} {...delivery} />;
}

/** The ways to deliver, the one there is, and how to choose another. */
export function useDelivery(): Pick<SegmentedProps<DeliveryMode>, "value" | "options" | "onChange"> {
  const value = useTopiq((state) => state.image?.clock.mode ?? null);
  const hasMixed = useTopiq((state) => state.image?.clock.modes.includes("mixed") ?? false);
  return {
    value,
    options: [
      { value: "queue", label: t("shell.queue"), title: t("shell.queueTitle") },
      ...(hasMixed ? [{ value: "mixed" as const, label: t("shell.mixed"), title: t("shell.mixedTitle") }] : []),
      { value: "pubsub", label: t("shell.pubsub"), title: t("shell.pubsubTitle") },
    ],
    onChange: (mode) => void performAction("deliverAs", { mode }),
  };
}
