import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { hasRoomBeside } from "../../canvas/layout/queueMetrics";
import type { ExchangeShape } from "../../canvas/layout/sceneStructure";
import { formatCount } from "../../canvas/marks/formatCount";
import type { ShapeNode } from "../../canvas/nodes/kindNode";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import "./exchange.css";

/** An exchange: messages pass it on their way to the queues that are bound to it, and it keeps none. */
export const ExchangeNode = memo(function ExchangeNode({ data, selected }: NodeProps<ShapeNode<ExchangeShape>>): ReactNode {
  const { shape, plan } = data;
  const isBeside = hasRoomBeside(plan);
  const reached = useTopiq((state) => state.image?.exchanges.get(shape.id)?.reached ?? 0);
  const language = useTopiq((state) => state.view.language);
  return (
    <div className={`scene-card scene-exchange ${isBeside ? "scene-exchange-beside" : ""} ${selected ? "scene-selected" : ""}`} lang={language} title={t("exchange.passed.why", { count: reached })}>
      <span className="scene-name">{shape.id}</span>
      <span className="scene-quiet">{t("exchange.keeps")}</span>
      <span className="scene-quiet scene-mono scene-exchange-passed">{t("exchange.passed", { count: formatCount(reached) })}</span>
      <Handle type="target" position={Position.Left} className="scene-handle scene-to-exchange" title={t("queue.connectIn")} />
      <Handle type="source" position={isBeside ? Position.Right : Position.Bottom} className="scene-handle scene-from-exchange" title={t("queue.connectOut")} />
    </div>
  );
});
