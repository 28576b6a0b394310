import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { entityName } from "../../actions/entities/entities";
import type { ReceiverImage } from "../../core/picture/amqpImage";
import type { Command } from "../../core/world/command";
import { type MessageKey, t } from "../../i18n/t";
import { DeliveryCheck } from "../../panels/deliveryCheck/DeliveryCheck";
import { command, deleteCommand, type EntityCommand, renameCommand } from "../../panels/inspector/parts/entityCommands";
import { type Fact, Facts } from "../../panels/inspector/parts/Facts";
import { HeadWords } from "../../panels/inspector/parts/HeadWords";
import { KeyText } from "../../panels/inspector/parts/marks";
import { useNames } from "../../panels/inspector/parts/names";
import { Term } from "../../panels/inspector/parts/Term";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { select, useTopiq } from "../../store/topiqStore";
import { ReceiverIcon } from "../../ui/icons";
import { ReceiverSettings } from "./ReceiverSettings";

const tabs: readonly PanelTab[] = [
  { name: "figures", Body: Figures },
  { name: "settings", Body: Settings },
];

/** Its line stands under its queue's. */
export const receiverPanel: KindPanel = {
  Mark: ReceiverIcon,
  Title,
  tabs: () => tabs,
  chartedGroups: () => [],
  commands: (image, id, rename) => {
    const isFrozen = image.receivers.get(id)?.phase === "frozen";
    const give = (name: string, label: MessageKey, given: Command): EntityCommand => command(name, label, () => void performAction("give", { commands: [given] }));
    return [
      renameCommand(rename),
      give("kill", "receiver.kill", { type: "removeReceiver", receiver: id, how: "kill" }),
      give("freeze", isFrozen ? "receiver.thaw" : "receiver.freeze", { type: "freezeReceiver", receiver: id, isFrozen: !isFrozen }),
      deleteCommand(entityName("receiver", id)),
    ];
  },
};

function useReceiver(id: string): ReceiverImage | undefined {
  return useTopiq(({ image }) => image?.receivers.get(id));
}

function Title({ shown: { id } }: ShownProps): ReactNode {
  const name = useNames();
  const queue = useReceiver(id)?.spec.queue ?? "";
  return (
    <HeadWords
      icon={<ReceiverIcon />}
      title={name("receiver", id)}
      kind={
        <button type="button" className="panel-link inspector-group" onClick={() => select([{ kind: "queue", id: queue }])}>
          {t("receiver.ofQueue", { queue })}
        </button>
      }
    />
  );
}

function Figures({ shown: { id } }: ShownProps): ReactNode {
  const receiver = useReceiver(id);
  if (!receiver) return null;
  const { phase, inWork, refusal } = receiver;
  return (
    <>
      <section className="panel-card" aria-label={t("receiver.now")}>
        <h3>{t(`receiver.phase.${phase}`)}</h3>
        <p className="panel-note">{refusal ?? t(`receiver.phase.${phase}.meaning`)}</p>
        {inWork && (
          <p>
            {t("receiver.working", { number: inWork.sendNumber })} <KeyText recordKey={inWork.key} colour={inWork.colour} />
            {inWork.redelivered && ` ↻ ${t("queue.messages.again")}`}
          </p>
        )}
      </section>
      <Facts facts={facts(receiver)} />
      <DeliveryCheck topic={null} groupId={null} />
    </>
  );
}

function facts({ worked, heldCount, spec }: ReceiverImage): readonly Fact[] {
  return [
    { id: "worked", word: <Term word="receiver.figure.worked" meaning="receiver.done.why" />, value: worked },
    { id: "held", word: <Term word="receiver.figure.holds" meaning="receiver.figure.holds.meaning" />, value: heldCount },
    { id: "prefetch", word: <Term word="receiver.figure.prefetch" meaning="receiver.figure.prefetch.meaning" />, value: spec.noAck ? "–" : spec.prefetchCount === 0 ? t("receiver.noLimit") : spec.prefetchCount },
    { id: "processing", word: t("settings.processing"), value: `${spec.processing.timeMs} ms` },
  ];
}

function Settings({ shown: { id } }: ShownProps): ReactNode {
  const receiver = useReceiver(id);
  return receiver && <ReceiverSettings receiver={receiver} />;
}
