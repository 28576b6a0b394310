import type { ReactNode } from "react";
import { performAction } from "../../actions/actions";
import { entityName } from "../../actions/entities/entities";
import type { ConsumerImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { ChartsTab } from "../../panels/charts/ViewCharts";
import { DeliveryCheck } from "../../panels/deliveryCheck/DeliveryCheck";
import { ConsumerFigures } from "./ConsumerFigures";
import { command, deleteCommand, joinCommands, renameCommand } from "../../panels/inspector/parts/entityCommands";
import { HeadWords } from "../../panels/inspector/parts/HeadWords";
import { useNames } from "../../panels/inspector/parts/names";
import { ConsumerSettings } from "./ConsumerSettings";
import type { KindPanel, PanelTab, ShownProps } from "../../panels/kindPanel";
import { select, useTopiq } from "../../store/topiqStore";
import { ConsumerIcon } from "../../ui/icons";

const tabs: readonly PanelTab[] = [
  { name: "figures", Body: Figures },
  { name: "settings", Body: Settings },
  { name: "charts", Body: ChartsTab },
];

/** Its line stands under its group's. */
export const consumerPanel: KindPanel = {
  Mark: ConsumerIcon,
  Title,
  tabs: () => tabs,
  chartedGroups: (image, id) => {
    const groupId = image.consumers.get(id)?.spec.groupId ?? "";
    return image.groups.has(groupId) ? [groupId] : [];
  },
  commands: (image, id, rename) => {
    const name = entityName("consumer", id);
    const others = [...image.groups.keys()].filter((groupId) => groupId !== image.consumers.get(id)?.spec.groupId);
    return [
      renameCommand(rename),
      ...joinCommands(name, "outline.moveToGroup", others.map((groupId) => entityName("group", groupId))),
      command("crash", "action.crashConsumer", () => void performAction("crashConsumer", { clientId: id })),
      deleteCommand(name),
    ];
  },
};

function useConsumer(id: string): ConsumerImage | undefined {
  return useTopiq((state) => state.image?.consumers.get(id));
}

function Title({ shown: { id } }: ShownProps): ReactNode {
  const name = useNames();
  const group = useTopiq((state) => state.image?.consumers.get(id)?.spec.groupId ?? "");
  return (
    <HeadWords
      icon={<ConsumerIcon />}
      title={name("consumer", id)}
      kind={
        <button type="button" className="panel-link inspector-group" onClick={() => select([{ kind: "group", id: group }])}>
          {t("inspector.inGroup", { group })}
        </button>
      }
    />
  );
}

function Figures({ shown: { id } }: ShownProps): ReactNode {
  const consumer = useConsumer(id);
  if (!consumer) return null;
  return (
    <>
      <ConsumerFigures consumer={consumer} />
      <DeliveryCheck topic={null} groupId={consumer.spec.groupId} />
    </>
  );
}

function Settings({ shown: { id } }: ShownProps): ReactNode {
  const consumer = useConsumer(id);
  return consumer && <ConsumerSettings consumer={consumer} />;
}
