import { Handle, type NodeProps, Position } from "@xyflow/react";
import { memo, type ReactNode } from "react";
import { beadStep } from "../../canvas/layout/queueMetrics";
import type { QueueShape } from "../../canvas/layout/sceneStructure";
import { formatCount } from "../../canvas/marks/formatCount";
import type { ShapeNode } from "../../canvas/nodes/kindNode";
import type { QueueImage } from "../../core/picture/amqpImage";
import { t } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { QueueIcon } from "../../ui/icons";
import { Tube } from "./Tube";
import "./queue.css";

/** A classic queue: what is ready in it, how much is with receivers, and how much is gone for good. */
export const QueueNode = memo(function QueueNode({ data, selected, width = 0 }: NodeProps<ShapeNode<QueueShape>>): ReactNode {
  const { shape, plan } = data;
  const queue = useTopiq((state) => state.image?.queues.get(shape.id));
  const isUp = useTopiq((state) => state.image?.isAmqpUp === true);
  const isBesideTopic = useTopiq(({ image }) => [...(image?.topics.values() ?? [])].some(({ internal }) => !internal));
  const language = useTopiq((state) => state.view.language);
  if (!queue) return null;
  const isSlim = shape.form === "slim";
  const room = Math.max(1, Math.floor((width - (isSlim ? slimHead(plan.metrics.density) : 0) - BESIDE_TUBE) / beadStep(plan.metrics)));
  return (
    <div className={`scene-card scene-queue ${isSlim ? "scene-queue-slim" : ""} ${queue.isThere ? "" : "scene-missing"} ${selected ? "scene-selected" : ""}`} lang={language} style={{ "--scene-bead-step": `${beadStep(plan.metrics)}px`, "--scene-slim": `${slimHead(plan.metrics.density)}px` }}>
      <div className="scene-queue-row">
        <div className="scene-head">
          {!isSlim && <QueueIcon />}
          <span className="scene-name" title={shape.id}>
            {isSlim ? behindItsExchange(shape) : shape.id}
          </span>
          {!queue.isThere && <Missing queue={queue} isUp={isUp} />}
          {queue.isThere && <Chips queue={queue} isSlim={isSlim} isBesideTopic={isBesideTopic} />}
        </div>
        <Tube queue={shape.id} beads={queue.ready} count={queue.readyCount} room={room} metrics={plan.metrics} />
      </div>
      {shape.folded !== null && <DeadLetters queue={shape.folded} />}
      <Handle type="target" position={Position.Left} className="scene-handle scene-to-queue" title={t("queue.connectIn")} />
      <Handle type="source" position={Position.Right} className="scene-handle scene-from-queue" title={t("queue.connectOut")} />
    </div>
  );
});

/** Where there is little room, a queue that is called after its exchange, which stands before it, by the rest of its name. */
function behindItsExchange({ id, exchanges: [exchange], isBehind }: QueueShape): string {
  return isBehind && exchange !== undefined && id.startsWith(`${exchange}.`) ? `…${id.slice(exchange.length + 1)}` : id;
}

/** CSS pixels: the tube's own margins, and what stands before it in a queue of one line. */
const BESIDE_TUBE = 38;

function slimHead(density: "regular" | "compact"): number {
  return density === "regular" ? 116 : 88;
}

function Missing({ queue: { spec }, isUp }: { readonly queue: QueueImage; readonly isUp: boolean }): ReactNode {
  const comesAgain = isUp && (spec.exclusive || spec.autoDelete);
  return (
    <span className="scene-phase" title={comesAgain ? t("queue.withReceiver.why") : undefined}>
      {t(!isUp ? "queue.notThere" : comesAgain ? "queue.withReceiver" : "queue.asked")}
    </span>
  );
}

interface ChipsProps {
  readonly queue: QueueImage;
  readonly isSlim: boolean;
  readonly isBesideTopic: boolean;
}

function Chips({ queue: { readyCount, unackedCount, removed, audit }, isSlim, isBesideTopic }: ChipsProps): ReactNode {
  const gone = (
    <span className="scene-quiet scene-mono" title={t("queue.gone.why", { count: removed })}>
      {t("queue.gone", { count: formatCount(removed) })}
    </span>
  );
  const missed = audit.neverGot > 0 && (
    <span className="scene-chip scene-missed" title={t("queue.missed.why", { count: audit.neverGot })}>
      {t("queue.missed", { count: formatCount(audit.neverGot) })}
    </span>
  );
  // Several receivers of a queue finish in any order: that is a fault only beside a topic, which keeps the order of keys.
  const fault = faultOf(isBesideTopic ? audit : { ...audit, outOfOrder: 0 });
  const wrong = fault && (
    <span className="scene-chip scene-missed" title={t(`${fault}.why`, { count: audit[faults[fault]] })}>
      {t(isSlim && fault === "queue.outOfOrder" ? "queue.outOfOrder.short" : fault, { count: formatCount(audit[faults[fault]]) })}
    </span>
  );
  if (isSlim) return wrong || missed || gone;
  return (
    <>
      <span className="scene-chip scene-ready" title={t("queue.ready.why", { count: readyCount })}>
        {t("queue.ready", { count: formatCount(readyCount) })}
      </span>
      <span className="scene-chip scene-unacked" title={t("queue.unacked.why", { count: unackedCount })}>
        {t("queue.unacked", { count: formatCount(unackedCount) })}
      </span>
      {missed}
      {wrong}
      <span className="scene-space" />
      {gone}
    </>
  );
}

/** What may have become of messages that should not, the worst first, by its figure in the delivery check. */
const faults = { "queue.lost": "lost", "queue.twice": "twice", "queue.outOfOrder": "outOfOrder" } as const;

function faultOf(audit: QueueImage["audit"]): keyof typeof faults | undefined {
  return (Object.keys(faults) as (keyof typeof faults)[]).find((fault) => audit[faults[fault]] > 0); // its own keys
}

/** The queue where its dead letters wait, folded to a row. */
function DeadLetters({ queue: name }: { readonly queue: string }): ReactNode {
  const dead = useTopiq((state) => state.image?.queues.get(name));
  return (
    <button type="button" className="scene-dead nodrag" title={t("queue.dead.why", { queue: name })} onClick={(event) => {
      event.stopPropagation();
      select([{ kind: "queue", id: name }]);
    }}>
      <span aria-hidden="true">▸</span> {t("queue.dead")} <strong>{dead?.readyCount ?? 0}</strong>
      {dead?.ready.slice(0, DEAD_BEADS).map((bead) => <i key={bead.place} data-colour={bead.colour} />)}
    </button>
  );
}

const DEAD_BEADS = 8;
