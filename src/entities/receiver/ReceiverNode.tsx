import type { NodeProps } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { displayName } from "../../actions/entities/entities";
import type { ReceiverShape } from "../../canvas/layout/sceneStructure";
import { formatCount } from "../../canvas/marks/formatCount";
import { sendKey, useFollowed } from "../../canvas/marks/followed";
import { type RingWork, WorkRing } from "../../canvas/marks/WorkRing";
import type { ShapeNode } from "../../canvas/nodes/kindNode";
import type { ReceiverImage } from "../../core/picture/amqpImage";
import { formatNumber } from "../../i18n/formatNumber";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { RichText } from "../../ui/RichText";
import { AgainMark, beadLabel, sentAs, withAgain } from "../queue/Tube";
import "./receiver.css";

/** A receiver: the message in work in a ring, what the broker has pushed to it and it has not begun with, and its count. */
export const ReceiverNode = memo(function ReceiverNode({ data, selected }: NodeProps<ShapeNode<ReceiverShape>>): ReactNode {
  const { shape, plan } = data;
  const receiver = useTopiq((state) => state.image?.receivers.get(shape.id));
  const name = useTopiq((state) => displayName(state, "receiver", shape.id));
  const language = useTopiq((state) => state.view.language);
  const followed = useFollowed();
  if (!receiver) return null;
  const { phase, worked, heldCount, held } = receiver;
  const isGone = phase === "crashed" || phase === "ended" || phase === "refused";
  return (
    <div className={`scene-member scene-receiver ${shape.isLine ? "scene-member-short" : ""} ${isGone ? "scene-gone" : ""} ${phase === "frozen" ? "scene-frozen" : ""} ${selected ? "scene-selected" : ""}`} lang={language}>
      <span className={`scene-receiver-ring ${receiver.inWork && sendKey(sentAs(receiver.inWork)) === followed ? "scene-followed" : ""}`}>
        {receiver.inWork?.redelivered && <AgainMark />}
        {/* What was acknowledged leaves an outline for a moment. */}
        {worked > 0 && <i key={worked} className="scene-left" />}
        <WorkRing work={ringWork(receiver)} size={shape.isLine ? Math.min(28, plan.metrics.ring) : Math.min(40, plan.metrics.ring)} idle={phase === "waiting" || phase === "connecting" || phase === "later"} />
      </span>
      <div className="scene-member-body">
        <div className="scene-member-line">
          <span className="scene-name">{name}</span>
          {phase !== "receiving" && <span className="scene-phase">{t(`receiver.phase.${phase}`)}</span>}
          <span className="scene-space" />
          <span className="scene-processed" title={t("receiver.done.why")}>
            <RichText text={t("receiver.done", { count: formatNumber(worked) })} />
          </span>
        </div>
        <div className="scene-fetched scene-held" title={heldTitle(receiver)}>
          {held.map((bead) => (
            <i key={bead.place} data-colour={bead.colour} className={`${bead.redelivered ? "scene-held-again" : ""} ${sendKey(sentAs(bead)) === followed ? "scene-followed" : ""}`} />
          ))}
          {heldCount > held.length && <span className="scene-mono">+{formatCount(heldCount - held.length)}</span>}
        </div>
      </div>
    </div>
  );
});

function heldTitle({ held, heldCount }: ReceiverImage): string {
  const again = held.filter(({ redelivered }) => redelivered).length;
  const said = t("receiver.holds.why", { count: heldCount });
  return again > 0 ? `${said} ${t("receiver.holds.again", { count: again })}` : said;
}

function ringWork({ inWork }: ReceiverImage): RingWork | null {
  if (!inWork) return null;
  const { place, sendNumber, key, colour, startUs, endUs } = inWork;
  // A handler that does not return has no end.
  return { id: String(place), label: beadLabel(inWork), title: withAgain(t("receiver.inWork", { number: sendNumber, key: key ?? t("canvas.noKey") }), inWork), colour, startUs, endUs: Math.min(endUs, startUs + LONGEST_US), isRound: true };
}

const LONGEST_US = 1e12;
