import { type ReactNode, useMemo } from "react";
import { isBegunAs } from "../../actions/progress";
import { leaveAddress, loadPreset, openScenario } from "../../actions/sharing";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { orders } from "../../scenario/presets/orders";
import type { Scenario } from "../../scenario/scenario";
import { useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";
import "./nextScene.css";

/** So often is the opening scene's verb pressed before it has shown what it has to show. */
const PRESSES = 3;

/** What the opening scene offers once its verb has been pressed a few times: the question that this page is about, answered side by side. */
export function NextScene(): ReactNode {
  const scenario = useTopiq((state) => state.scenario);
  const isOpening = useMemo(() => scenario !== null && isBegunAs(scenario, orders), [scenario]);
  const isReady = useTopiq(({ image }) => image !== null && sizeOf(image) >= sizeOfScene(orders) + PRESSES);
  if (!isOpening || !isReady) return null;
  return (
    <Button className="scene-next" onClick={() => void open()}>
      {t("queue.next")}
    </Button>
  );
}

async function open(): Promise<void> {
  const scenario = await loadPreset("topic-or-queue");
  if (!scenario) return;
  leaveAddress();
  await openScenario(scenario, true);
}

/** Consumers and partitions, of which each press adds one: a run that is opened again has them, too. */
function sizeOf({ consumers, topics }: ClusterImage): number {
  return consumers.size + (topics.get("orders")?.askedPartitions ?? 0);
}

function sizeOfScene({ consumers, topics }: Scenario): number {
  return consumers.length + topics.reduce((sum, { partitions }) => sum + partitions, 0);
}
