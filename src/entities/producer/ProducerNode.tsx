import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { displayName } from "../../actions/entities/entities";
import { formatNumber } from "../../i18n/formatNumber";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { ProducerIcon } from "../../ui/icons";
import { formatCount } from "../../canvas/marks/formatCount";
import { isProducerLine } from "../../canvas/layout/sceneMetrics";
import type { ShapeNode } from "../../canvas/nodes/kindNode";

/** A producer: what it is called, how fast it sends, how much it has sent, and what waits in its accumulator. */
export const ProducerNode = memo(function ProducerNode({ data, selected }: NodeProps<ShapeNode>): ReactNode {
  const producer = useTopiq((state) => state.image?.producers.get(data.shape.id));
  const name = useTopiq((state) => displayName(state, "producer", data.shape.id));
  const language = useTopiq((state) => state.view.language);
  if (!producer) return null;
  const buffered = producer.buffered > 0 && (
    <span className="scene-chip scene-buffered" title={t("canvas.bufferedWhy", { count: producer.buffered })}>
      +{formatCount(producer.buffered)}
    </span>
  );
  const rate = `${formatNumber(Math.round(producer.spec.source.ratePerSecond * 10) / 10)}/s`;
  return (
    <div className={`scene-card scene-producer ${isProducerLine(data.plan.metrics) ? "scene-producer-line" : ""} ${selected ? "scene-selected" : ""}`} lang={language}>
      <div className="scene-head">
        <ProducerIcon />
        <span className="scene-name">{name}</span>
        {buffered}
      </div>
      <dl className="scene-figures">
        <div>
          <dt>{t("canvas.rate")}</dt>
          <dd>{rate}</dd>
        </div>
        <div>
          <dt>{t("canvas.sent")}</dt>
          <dd>{formatCount(producer.sent)}</dd>
        </div>
      </dl>
      <Handle type="source" position={data.plan.sources === "above" ? Position.Bottom : Position.Right} className="scene-handle scene-from-producer" title={t("canvas.connectProducer")} />
    </div>
  );
});
