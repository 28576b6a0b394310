import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import type { MessageBead, QueueImage } from "../../core/picture/amqpImage";
import { t } from "../../i18n/t";
import { Facts } from "../../panels/inspector/parts/Facts";
import { KeyText } from "../../panels/inspector/parts/marks";
import { useNames } from "../../panels/inspector/parts/names";
import { Term } from "../../panels/inspector/parts/Term";
import { messageSelection } from "./Tube";
import { select, useTopiq } from "../../store/topiqStore";

/** How much is in a queue, and how much has left it. */
export function QueueFigures({ queue }: { readonly queue: QueueImage }): ReactNode {
  const { readyCount, unackedCount, removed, audit } = queue;
  return (
    <>
      <Facts
        facts={[
          { id: "ready", word: <Term word="queue.figure.ready" meaning="queue.figure.ready.meaning" below />, value: readyCount },
          { id: "unacked", word: <Term word="queue.figure.unacked" meaning="queue.figure.unacked.meaning" />, value: unackedCount },
          { id: "gone", word: <Term word="queue.figure.gone" meaning="queue.figure.gone.meaning" />, value: removed },
          ...(audit.neverGot > 0 ? [{ id: "missed", word: <Term word="queue.figure.missed" meaning="queue.figure.missed.meaning" />, value: audit.neverGot }] : []),
        ]}
      />
    </>
  );
}

/** Who receives from a queue, and its next messages. */
export function QueueContents({ queue }: { readonly queue: QueueImage }): ReactNode {
  return (
    <>
      <p className="panel-note">{t("queue.about")}</p>
      <Holders queue={queue.spec.name} />
      <Messages queue={queue.spec.name} beads={queue.ready} count={queue.readyCount} />
    </>
  );
}

/** Who receives from it, and what each has. */
function Holders({ queue }: { readonly queue: string }): ReactNode {
  const name = useNames();
  const receivers = useTopiq(useShallow(({ image }) => [...(image?.receivers.values() ?? [])].filter(({ spec }) => spec.queue === queue)));
  return (
    <section className="panel-card" aria-label={t("queue.receivers")}>
      <h3>{t("queue.receivers")}</h3>
      {receivers.length === 0 ? (
        <p className="panel-note">{t("queue.receivers.none")}</p>
      ) : (
        <table className="panel-table">
          <thead>
            <tr>
              <th scope="col">{t("queue.receivers.name")}</th>
              <th scope="col">{t("queue.receivers.inWork")}</th>
              <th scope="col">{t("queue.receivers.holds")}</th>
              <th scope="col">{t("queue.receivers.done")}</th>
            </tr>
          </thead>
          <tbody>
            {receivers.map(({ spec, inWork, heldCount, worked }) => (
              <tr key={spec.name}>
                <td>
                  <button type="button" className="panel-link" onClick={() => select([{ kind: "receiver", id: spec.name }])}>
                    {name("receiver", spec.name)}
                  </button>
                </td>
                <td>{inWork && inWork.sendNumber >= 0 ? inWork.sendNumber : "–"}</td>
                <td>{heldCount}</td>
                <td>{worked}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** The next messages, the very next first. */
function Messages({ queue, beads, count }: { readonly queue: string; readonly beads: readonly MessageBead[]; readonly count: number }): ReactNode {
  return (
    <section className="panel-card" aria-label={t("queue.messages")}>
      <h3>{t("queue.messages")}</h3>
      {count === 0 ? (
        <p className="panel-note">{t("queue.messages.none")}</p>
      ) : (
        <table className="panel-table">
          <thead>
            <tr>
              <th scope="col">
                <Term word="queue.messages.number" meaning="queue.messages.number.meaning" />
              </th>
              <th scope="col">{t("queue.messages.key")}</th>
              <th scope="col">{t("queue.messages.marks")}</th>
            </tr>
          </thead>
          <tbody>
            {beads.map((bead) => (
              <tr key={bead.place}>
                <td>
                  {bead.sendNumber < 0 ? (
                    "–"
                  ) : (
                    <button type="button" className="panel-link" onClick={() => select([messageSelection(queue, bead)])}>
                      {bead.sendNumber}
                    </button>
                  )}
                </td>
                <td>
                  <KeyText recordKey={bead.key} colour={bead.colour} />
                </td>
                <td>{marks(bead)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {count > beads.length && <p className="panel-note">{t("queue.messages.more", { count: count - beads.length })}</p>}
    </section>
  );
}

function marks({ redelivered, deaths }: MessageBead): string {
  return [...(redelivered ? [t("queue.messages.again")] : []), ...(deaths > 0 ? [t("queue.messages.died", { count: deaths })] : [])].join(", ");
}
