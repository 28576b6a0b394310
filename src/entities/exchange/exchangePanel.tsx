import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { entityName } from "../../actions/entities/entities";
import { DeliveryCheck } from "../../panels/deliveryCheck/DeliveryCheck";
import { command, deleteCommand, joinCommands } from "../../panels/inspector/parts/entityCommands";
import { Facts } from "../../panels/inspector/parts/Facts";
import { HeadWords } from "../../panels/inspector/parts/HeadWords";
import { Term } from "../../panels/inspector/parts/Term";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { newItem, wireItem } from "../../panels/outline/outlineItem";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { ExchangeIcon } from "../../ui/icons";

const tabs: readonly PanelTab[] = [{ name: "figures", Body: Figures }];

export const exchangePanel: KindPanel = {
  Mark: ExchangeIcon,
  Title,
  tabs: () => tabs,
  chartedGroups: () => [],
  commands: (image, id) => {
    const name = entityName("exchange", id);
    const free = [...image.queues.keys()].filter((queue) => !image.exchanges.get(id)?.queues.includes(queue));
    return [command("subscribe", "exchange.subscribe", () => void performAction("add", { kind: "queue", within: id })), ...joinCommands(name, "exchange.bind", free.map((queue) => entityName("queue", queue))), deleteCommand(name)];
  },
  section: {
    id: "exchanges",
    title: "exchange.section",
    items: (image) =>
      [...image.exchanges.values()].map(({ spec: { name }, queues }) => {
        const id = entityName("exchange", name);
        return newItem({
          id,
          look: "exchange",
          name,
          figures: ({ exchanges }) => [{ key: "exchange.passed", params: { count: exchanges.get(name)?.reached ?? 0 } }],
          select: { kind: "exchange", id: name },
          entity: id,
          children: queues.map((queue) => wireItem(id, { key: "exchange.leadsTo", params: { queue } }, { kind: "queue", id: queue }, id, entityName("queue", queue))),
        });
      }),
  },
};

function Title({ shown: { id } }: ShownProps): ReactNode {
  const type = useTopiq(({ image }) => image?.exchanges.get(id)?.spec.type ?? "fanout");
  return <HeadWords icon={<ExchangeIcon />} title={id} kind={t(`exchange.kind.${type}`)} />;
}

function Figures({ shown: { id } }: ShownProps): ReactNode {
  const exchange = useTopiq(({ image }) => image?.exchanges.get(id));
  return (
    exchange && (
      <>
        <p className="panel-note">{t("exchange.about")}</p>
        <Facts
          facts={[
            { id: "reached", word: <Term word="exchange.reached" meaning="exchange.reached.meaning" below />, value: exchange.reached },
            { id: "queues", word: t("exchange.queues"), value: exchange.queues.length },
            { id: "kept", word: t("exchange.kept"), value: 0 },
          ]}
        />
        <DeliveryCheck topic={null} groupId={null} />
      </>
    )
  );
}
