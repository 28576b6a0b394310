import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import type { AuditImage, ClusterImage } from "../../core/picture/image";
import { performAction } from "../../actions/actions";
import { formatNumber } from "../../i18n/formatNumber";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { TopicIcon } from "../../ui/icons";
import { Lane } from "../../canvas/lanes/Lane";
import { ThinLane } from "../../canvas/lanes/ThinLane";
import { cellWidth, laneHeight, visibleCells } from "../../canvas/layout/sceneMetrics";
import type { TopicShape } from "../../canvas/layout/sceneStructure";
import { WaitingFigure } from "../../canvas/marks/Figures";
import { formatCount } from "../../canvas/marks/formatCount";
import type { ShapeNode } from "../../canvas/nodes/kindNode";
import { sendsTo } from "../group/sendsTo";
import { partitionsText } from "./partitionsText";

/** A topic: its name, how much it holds, and one lane a partition. The lanes read their own partition, so only changed lanes are drawn again. */
export const TopicNode = memo(function TopicNode(props: NodeProps<ShapeNode<TopicShape>>): ReactNode {
  return props.data.shape.isMissing ? <MissingTopic {...props} /> : <StoredTopic {...props} />;
});

function StoredTopic({ data, selected }: NodeProps<ShapeNode<TopicShape>>): ReactNode {
  const { shape: topic, plan } = data;
  const recordCount = useTopiq((state) => state.image?.topics.get(topic.id)?.recordCount ?? 0);
  const isUnfed = useTopiq(({ image }) => image !== null && !isFed(image, topic.id));
  const language = useTopiq((state) => state.view.language);
  const cell = cellWidth(plan.metrics, topic);
  const cells = visibleCells(plan.metrics, topic, plan.topicWidth);
  return (
    <div className={`scene-card scene-topic ${topic.isFolded ? "scene-folded" : ""} ${selected ? "scene-selected" : ""}`} lang={language} title={topic.isFolded ? t("canvas.foldedWhy") : undefined} style={{ "--scene-cell-width": `${cell}px`, "--scene-lane": `${laneHeight(plan.metrics, topic)}px` }}>
      <div className="scene-head">
        <TopicIcon />
        <span className="scene-name">{topic.id}</span>
        <span className="scene-chip">{partitionsText(topic)}</span>
        <span className="scene-space" />
        {recordCount === 0 && isUnfed ? (
          <span className="scene-quiet">{t("canvas.unfed")}</span>
        ) : (
          <span className="scene-quiet scene-mono" title={t("canvas.recordsWhy")}>
            {recordCount === 1 ? t("canvas.oneRecord") : t("canvas.records", { count: formatNumber(recordCount) })}
          </span>
        )}
        {topic.isFolded && <MostWaiting topic={topic.id} groups={topic.tracks} />}
      </div>
      {(topic.isFolded ? [] : topic.lanes).map((partition) =>
        topic.thin.includes(partition) ? (
          <ThinLane key={partition} topic={topic.id} partition={partition} />
        ) : (
          <Lane key={partition} topic={topic.id} partition={partition} tracks={topic.tracks} isMerged={topic.isMerged} cells={cells} step={cell + plan.metrics.cellGap} language={language} />
        ),
      )}
      <Handle type="target" position={Position.Left} className="scene-handle scene-to-topic" title={t("canvas.connectTopicIn")} />
      <Handle type="source" position={Position.Right} className="scene-handle scene-from-topic" title={t("canvas.connectTopicOut")} />
    </div>
  );
}

/** How many records wait for the group for which most do. */
function MostWaiting({ topic, groups }: { readonly topic: string; readonly groups: readonly string[] }): ReactNode {
  const most = useTopiq(({ image }) => Math.max(0, ...groups.map((group) => waitingFor(image?.audit.get(`${group}/${topic}`)))));
  // Its words are parts of one whole, and the head keeps its parts apart.
  return (
    most > 0 && (
      <span>
        <WaitingFigure count={formatCount(most)} />
      </span>
    )
  );
}

/** In all partitions, those that come again included. */
function waitingFor(check: AuditImage | undefined): number {
  return check ? check.waiting + check.again : 0;
}

/** By a producer, or by a program that sends on what it has read. */
function isFed({ producers, consumers }: ClusterImage, topic: string): boolean {
  return [...producers.values()].some(({ spec }) => spec.topics.includes(topic)) || [...consumers.values()].some(({ spec }) => sendsTo(spec.processing).includes(topic));
}

/** Clients name it, and all that they get is an error: it can be made, and then they go on by themselves. */
function MissingTopic({ data, selected }: NodeProps<ShapeNode<TopicShape>>): ReactNode {
  const { id: name } = data.shape;
  const language = useTopiq((state) => state.view.language);
  return (
    <div className={`scene-card scene-topic scene-missing ${selected ? "scene-selected" : ""}`} lang={language} title={t("canvas.missingWhy", { topic: name })}>
      <div className="scene-head">
        <TopicIcon />
        <span className="scene-name">{name}</span>
        <span className="scene-phase">{partitionsText(data.shape)}</span>
        <span className="scene-space" />
        <button type="button" className="ui-button nodrag" onClick={() => void performAction("createTopic", { topic: name })}>
          {t("canvas.createTopic")}
        </button>
      </div>
      <Handle type="target" position={Position.Left} className="scene-handle scene-to-topic" title={t("canvas.connectTopicIn")} />
      <Handle type="source" position={Position.Right} className="scene-handle scene-from-topic" title={t("canvas.connectTopicOut")} />
    </div>
  );
}
