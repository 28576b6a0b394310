import type { NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { displayName } from "../../actions/entities/entities";
import type { ConsumerImage } from "../../core/picture/image";
import { formatNumber } from "../../i18n/formatNumber";
import { t } from "../../i18n/t";
import { type TopiqState, useTopiq } from "../../store/topiqStore";
import { RichText } from "../../ui/RichText";
import { formatCount, shortOffset } from "../../canvas/marks/formatCount";
import { type RingWork, WorkRing } from "../../canvas/marks/WorkRing";
import type { ShapeNode } from "../../canvas/nodes/kindNode";
import type { ConsumerShape } from "./consumerShape";

/** A consumer: the record in work in a ring, the partitions it owns, what it has fetched and not yet processed, and its count. */
export const ConsumerNode = memo(function ConsumerNode({ data, selected }: NodeProps<ShapeNode<ConsumerShape>>): ReactNode {
  const consumer = useTopiq((state) => state.image?.consumers.get(data.shape.id));
  const name = useTopiq((state) => displayName(state, "consumer", data.shape.id));
  const language = useTopiq((state) => state.view.language);
  const silent = useTopiq((state) => silentS(state, data.shape.id));
  if (!consumer) return null;
  const phase = consumer.phase === "active" && consumer.assignment.length === 0 ? "idle" : consumer.phase;
  const idle = phase === "idle";
  return (
    <div className={`scene-member ${data.shape.isLine ? "scene-member-short" : ""} ${idle ? "scene-idle" : ""} ${phase === "crashed" || phase === "closed" ? "scene-gone" : ""} ${selected ? "scene-selected" : ""}`} lang={language}>
      <WorkRing work={ringWork(consumer)} size={data.shape.isLine ? Math.min(28, data.plan.metrics.ring) : data.plan.metrics.ring} idle={idle} />
      <div className="scene-member-body">
        <div className="scene-member-line">
          <span className="scene-name">{name}</span>
          <span className="scene-space" />
          <span className="scene-processed" title={t("canvas.processedWhy")}>
            <RichText text={t("canvas.processedCount", { count: formatNumber(consumer.processed) })} />
          </span>
        </div>
        <PartitionChips assignment={consumer.assignment} phase={phase} silent={silent} />
        <Waiting consumer={consumer} />
      </div>
    </div>
  );
});

function ringWork({ inWork }: ConsumerImage): RingWork | null {
  if (!inWork) return null;
  const { offset, key, colour, startUs, endUs } = inWork;
  return { id: recordKey(inWork), label: shortOffset(offset, 4), title: t("canvas.inWork", { offset, key: key ?? t("canvas.noKey") }), colour, startUs, endUs, isRound: false };
}

/** How long a crashed consumer has been silent, of the time after which its group gives it up; in whole seconds, which is as often as it changes. */
function silentS({ image }: TopiqState, clientId: string): string {
  const silence = image?.consumers.get(clientId)?.silence;
  if (!image || !silence) return t("canvas.phase.gone");
  const { sinceUs, untilUs } = silence;
  return t("canvas.phase.crashed", { s: Math.floor((image.clock.timeUs - sinceUs) / 1e6), of: Math.round((untilUs - sinceUs) / 1e6) });
}

const CHIPS = 5;

/** What the consumer owns, and a word about it while it is not simply at work. */
function PartitionChips({ assignment, phase, silent }: Pick<ConsumerImage, "assignment" | "phase"> & { readonly silent: string }): ReactNode {
  const severalTopics = assignment.some((owns) => owns.topic !== assignment[0]?.topic);
  const room = severalTopics || phase !== "active" ? 2 : CHIPS;
  const shown = assignment.length > room ? assignment.slice(0, room - 1) : assignment;
  return (
    <div className="scene-chips">
      {phase !== "active" && <span className="scene-phase">{phase === "crashed" ? silent : t(`canvas.phase.${phase}`)}</span>}
      {phase === "idle" && <span className="scene-quiet">{t("canvas.noPartition")}</span>}
      {shown.map(({ topic, partition }) => (
        <span key={`${topic}-${partition}`} className="scene-chip" title={`${topic}-${partition}`}>
          {severalTopics ? `${topic} P${partition}` : `P${partition}`}
        </span>
      ))}
      {shown.length < assignment.length && (
        <span className="scene-chip" title={assignment.map(({ topic, partition }) => `${topic}-${partition}`).join(", ")}>
          +{assignment.length - shown.length}
        </span>
      )}
    </div>
  );
}

/** Fetched records stand here until their turn, after those that its pool processes beside the one in the ring: none is anywhere unseen. */
function Waiting({ consumer }: { readonly consumer: ConsumerImage }): ReactNode {
  const { pooled, pooledCount, waiting, waitingCount } = consumer;
  const rest = waitingCount - waiting.length + pooledCount - pooled.length;
  const fetched = t("canvas.fetched", { count: waitingCount });
  return (
    <div className="scene-fetched" title={pooledCount > 0 ? `${t("canvas.pooled", { count: pooledCount })} ${fetched}` : fetched}>
      {pooled.map((record) => (
        <i key={recordKey(record)} className="scene-pooled" data-colour={record.colour} />
      ))}
      {waiting.map((record) => (
        <i key={recordKey(record)} data-colour={record.colour} />
      ))}
      {rest > 0 && <span className="scene-mono">+{formatCount(rest)}</span>}
    </div>
  );
}

function recordKey({ topic, partition, offset }: ConsumerImage["waiting"][number]): string {
  return `${topic}-${partition}-${offset}`;
}
