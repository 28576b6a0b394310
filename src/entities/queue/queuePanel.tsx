import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { entityName } from "../../actions/entities/entities";
import type { ClusterImage } from "../../core/picture/image";
import type { QueueImage } from "../../core/picture/amqpImage";
import type { Command } from "../../core/world/command";
import { type MessageKey, t } from "../../i18n/t";
import { DeliveryCheck } from "../../panels/deliveryCheck/DeliveryCheck";
import { command, deleteCommand, type EntityCommand } from "../../panels/inspector/parts/entityCommands";
import { HeadWords } from "../../panels/inspector/parts/HeadWords";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { newItem, type OutlineItem, type OutlineNames } from "../../panels/outline/outlineItem";
import { useTopiq } from "../../store/topiqStore";
import { QueueIcon } from "../../ui/icons";
import { QueueContents, QueueFigures } from "./QueueFigures";
import { QueueSettings } from "./QueueSettings";

const tabs: readonly PanelTab[] = [
  { name: "figures", Body: Figures },
  { name: "settings", Body: Settings },
];

export const queuePanel: KindPanel = {
  Mark: QueueIcon,
  Title,
  tabs: () => tabs,
  // A message that was chosen may be anywhere by now: it is followed, and the queue is shown.
  hasPart: () => true,
  chartedGroups: () => [],
  commands: (image, id) => {
    const give = (name: string, label: MessageKey, given: Command): EntityCommand => command(name, label, () => void performAction("give", { commands: [given] }));
    return [
      command("addReceiver", "action.addReceiver", () => void performAction("add", { kind: "receiver", within: id })),
      give("purge", "queue.purge", { type: "purgeQueue", queue: id }),
      ...(image.isAmqpUp === true
        ? [give("kill", "queue.killBroker", { type: "stopAmqpBroker", how: "kill" }), give("stop", "queue.stopBroker", { type: "stopAmqpBroker", how: "stop" })]
        : [give("start", "queue.startBroker", { type: "startAmqpBroker" })]),
      deleteCommand(entityName("queue", id)),
    ];
  },
  section: {
    id: "queues",
    title: "queue.section",
    items: (image, names) => [...image.queues.values()].map((queue) => queueItem(image, queue, names)),
  },
};

function queueItem(image: ClusterImage, { spec: { name } }: QueueImage, names: OutlineNames): OutlineItem {
  const id = entityName("queue", name);
  const receivers = [...image.receivers.values()].filter(({ spec }) => spec.queue === name);
  return newItem({
    id,
    look: "queue",
    name,
    figures: ({ queues }) => {
      const { readyCount = 0, unackedCount = 0, removed = 0 } = queues.get(name) ?? {};
      return [
        { key: "queue.ready", params: { count: readyCount } },
        { key: "queue.unacked", params: { count: unackedCount } },
        { key: "queue.gone", params: { count: removed } },
      ];
    },
    select: { kind: "queue", id: name },
    entity: id,
    children: receivers.map(({ spec }) => receiverItem(spec.name, names)),
  });
}

function receiverItem(receiver: string, { name }: OutlineNames): OutlineItem {
  const id = entityName("receiver", receiver);
  return newItem({
    id,
    look: "receiver",
    name: name("receiver", receiver),
    figures: ({ receivers }) => {
      const found = receivers.get(receiver);
      return found ? [{ key: "receiver.worked", params: { count: found.worked } }, { key: "receiver.holds", params: { count: found.heldCount } }] : [];
    },
    select: { kind: "receiver", id: receiver },
    entity: id,
  });
}

function Title({ shown: { id } }: ShownProps): ReactNode {
  return <HeadWords icon={<QueueIcon />} title={id} kind={t("queue.kind")} />;
}

function Figures({ shown: { id } }: ShownProps): ReactNode {
  const queue = useTopiq(({ image }) => image?.queues.get(id));
  return (
    queue && (
      <>
        <QueueFigures queue={queue} />
        <DeliveryCheck topic={null} groupId={null} />
        <QueueContents queue={queue} />
      </>
    )
  );
}

function Settings({ shown: { id } }: ShownProps): ReactNode {
  const queue = useTopiq(({ image }) => image?.queues.get(id));
  return queue && <QueueSettings queue={queue} />;
}
