import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { t } from "../i18n/t";
import { useTopiq } from "../store/topiqStore";
import { TopicIcon } from "../ui/icons";
import { Lane } from "./Lane";
import { cellWidth, laneHeight, visibleCells } from "./sceneMetrics";
import type { TopicFlowNode } from "./sceneTypes";

/** A topic: its name, how much it holds, and one lane a partition. The lanes read their own partition, so only changed lanes are drawn again. */
export const TopicNode = memo(function TopicNode({ data, selected }: NodeProps<TopicFlowNode>): ReactNode {
  const { topic, plan } = data;
  const recordCount = useTopiq((state) => state.image?.topics.get(topic.name)?.recordCount ?? 0);
  const language = useTopiq((state) => state.view.language);
  const cell = cellWidth(plan.metrics, topic);
  const cells = visibleCells(plan.metrics, topic, plan.topicWidth);
  return (
    <div className={`scene-card scene-topic ${selected ? "scene-selected" : ""}`} lang={language} style={{ "--scene-cell-width": `${cell}px`, "--scene-lane": `${laneHeight(plan.metrics, topic)}px` }}>
      <div className="scene-head">
        <TopicIcon />
        <span className="scene-name">{topic.name}</span>
        <span className="scene-chip">{topic.partitions === 1 ? t("canvas.onePartition") : t("canvas.partitions", { count: topic.partitions })}</span>
        <span className="scene-space" />
        <span className="scene-quiet scene-mono" title={t("canvas.recordsWhy")}>
          {recordCount === 1 ? t("canvas.oneRecord") : t("canvas.records", { count: recordCount.toLocaleString(language) })}
        </span>
      </div>
      {Array.from({ length: topic.partitions }, (_, partition) => (
        <Lane key={partition} topic={topic.name} partition={partition} tracks={topic.tracks} cells={cells} step={cell + plan.metrics.cellGap} language={language} />
      ))}
      <Handle type="target" position={Position.Left} className="scene-handle scene-to-topic" title={t("canvas.connectTopicIn")} />
      <Handle type="source" position={Position.Right} className="scene-handle scene-from-topic" title={t("canvas.connectTopicOut")} />
    </div>
  );
});
