import { type CSSProperties, memo, type ReactNode } from "react";
import { beadStep } from "../../canvas/layout/queueMetrics";
import type { SceneMetrics } from "../../canvas/layout/sceneMetrics";
import { formatCount } from "../../canvas/marks/formatCount";
import type { MessageBead, SentAs } from "../../core/picture/amqpImage";
import { sendKey, setPointed, useFollowed } from "../../canvas/marks/followed";
import { t } from "../../i18n/t";
import { select, type Selection } from "../../store/topiqStore";

interface TubeProps {
  readonly queue: string;
  readonly beads: readonly MessageBead[];
  /** How many are ready in all. */
  readonly count: number;
  /** How many beads fit. */
  readonly room: number;
  readonly metrics: SceneMetrics;
}

/** What is ready in a queue, from the right, where it leaves: one bead a message. What is gone leaves nothing; what comes back stands in its old place again, marked. */
export function Tube({ queue, beads, count, room, metrics }: TubeProps): ReactNode {
  const step = beadStep(metrics);
  const followed = useFollowed();
  const shown = beads.slice(0, count > room ? room - 1 : room);
  return (
    <div className="scene-tube">
      {shown.map((bead, at) => (
        <Bead key={`${bead.place} ${bead.redelivered}`} bead={bead} queue={queue} isFollowed={sendKey(sentAs(bead)) === followed} at={at} step={step} />
      ))}
      {count > shown.length && (
        <span className="scene-tube-more scene-mono" style={{ transform: `translateX(${-shown.length * step}px)` }}>
          {t("queue.more", { count: formatCount(count - shown.length) })}
        </span>
      )}
      {count === 0 && <span className="scene-bead-slot" />}
    </div>
  );
}

interface BeadProps extends Pick<TubeProps, "queue"> {
  readonly isFollowed: boolean;
  readonly bead: MessageBead;
  readonly at: number;
  readonly step: number;
}

const Bead = memo(
  function Bead({ bead, queue, isFollowed, at, step }: BeadProps): ReactNode {
    const style: CSSProperties = { transform: `translateX(${-at * step}px)` };
    return (
      <span
        className={`scene-bead nodrag ${bead.redelivered ? "scene-bead-again" : ""} ${isFollowed ? "scene-followed" : ""}`}
        data-colour={bead.colour}
        style={style}
        title={beadTitle(bead, at)}
        onPointerEnter={() => setPointed(sentAs(bead))}
        onPointerLeave={() => setPointed(null)}
        onClick={(event) => {
          event.stopPropagation();
          select([messageSelection(queue, bead)]);
        }}
      >
        {beadLabel(bead)}
        {bead.redelivered && <AgainMark />}
      </span>
    );
  },
  (before, after) => before.isFollowed === after.isFollowed && before.at === after.at && before.step === after.step && before.bead.place === after.bead.place && before.bead.redelivered === after.bead.redelivered && before.bead.sendNumber === after.bead.sendNumber && before.bead.colour === after.bead.colour,
);

function beadTitle(bead: MessageBead, at: number): string {
  return withAgain(t(at === 0 ? "queue.bead" : "queue.bead.waiting", { number: bead.sendNumber, key: bead.key ?? t("canvas.noKey"), place: at }), bead);
}

/** At the corner of a message that was sent to a receiver before. */
export function AgainMark(): ReactNode {
  return (
    <i className="scene-again" aria-hidden="true">
      ↻
    </i>
  );
}

/** What is said of a message, and that it was sent to a receiver before. */
export function withAgain(said: string, { redelivered }: Pick<MessageBead, "redelivered">): string {
  return redelivered ? `${said}. ${t("queue.bead.again")}` : said;
}

/** The send number, its last digits where it is long; nothing where nobody knows it. */
export function beadLabel({ sendNumber }: Pick<MessageBead, "sendNumber">): string {
  const text = String(sendNumber);
  if (sendNumber < 0) return "";
  return text.length <= 3 ? text : `…${text.slice(-2)}`;
}

export function sentAs({ sender, sendNumber }: Pick<MessageBead, "sender" | "sendNumber">): SentAs {
  return { sender, number: sendNumber };
}

/** A message in a queue as something that can be selected: it is followed through all places to which it was sent. */
export function messageSelection(queue: string, bead: MessageBead): Selection {
  return { kind: "queue", id: queue, part: { sender: bead.sender, number: bead.sendNumber } };
}
