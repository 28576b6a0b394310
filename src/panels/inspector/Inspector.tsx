import type { KeyboardEvent, ReactNode } from "react";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { setView, useTopiq } from "../../store/topiqStore";
import { StandsBelow } from "../below/StandsBelow";
import { ViewCharts } from "../charts/ViewCharts";
import { DeliveryCheck } from "../deliveryCheck/DeliveryCheck";
import { LogRecords } from "../records/LogRecords";
import { ConsumerFigures } from "./ConsumerFigures";
import { GroupFigures } from "./GroupFigures";
import { InspectorHead } from "./InspectorHead";
import { inspectorTabs, inspectorView, isLogView, type InspectorTab, type InspectorView, type LogView } from "./inspectorView";
import { LogMarks } from "./LogMarks";
import { ProducerFigures } from "./ProducerFigures";
import { RecordCard } from "./RecordCard";
import { ConsumerSettings } from "./settings/ConsumerSettings";
import { GroupSettings } from "./settings/GroupSettings";
import { ProducerSettings } from "./settings/ProducerSettings";
import { TopicSettings } from "./settings/TopicSettings";
import { WhyPartition } from "./WhyPartition";
import "./inspector.css";
import "./settings/settings.css";

/** What is selected, or else the scene's first partition: its records, settings and figures, and why it is as it is. */
export function Inspector(): ReactNode {
  const image = useTopiq((state) => state.image);
  const selection = useTopiq((state) => state.selection);
  const wanted = useTopiq((state) => state.view.inspectorTab);
  // The words change with the language.
  useTopiq((state) => state.view.language);
  const view = image && inspectorView(image, selection);
  if (!image) return <div className="inspector" />;
  if (!view) return <p className="inspector panel-note">{t("inspector.empty")}</p>;
  const tabs = inspectorTabs(view);
  const tab = tabs.find((name) => name === wanted) ?? tabs[0] ?? "records";
  return (
    <div className="inspector">
      <InspectorHead image={image} view={view} />
      <Tabs tabs={tabs} current={tab} />
      <div id="inspector-panel" role="tabpanel" aria-labelledby={`inspector-tab-${tab}`} className="inspector-body">
        <TabBody image={image} view={view} tab={tab} />
      </div>
    </div>
  );
}

function Tabs({ tabs, current }: { readonly tabs: readonly InspectorTab[]; readonly current: InspectorTab }): ReactNode {
  const move = (event: KeyboardEvent<HTMLElement>): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && tabs[(tabs.indexOf(current) + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    setView({ inspectorTab: next });
    event.currentTarget.querySelector<HTMLElement>(`#inspector-tab-${next}`)?.focus();
  };
  return (
    <div role="tablist" aria-label={t("inspector.tabs")} className="inspector-tabs" onKeyDown={move}>
      {tabs.map((tab) => (
        <button
          key={tab}
          id={`inspector-tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={tab === current}
          aria-controls="inspector-panel"
          tabIndex={tab === current ? 0 : -1}
          onClick={() => setView({ inspectorTab: tab })}
        >
          {t(`inspector.tab.${tab}`)}
        </button>
      ))}
    </div>
  );
}

interface BodyProps {
  readonly image: ClusterImage;
  readonly view: InspectorView;
}

function TabBody({ image, view, tab }: BodyProps & { readonly tab: InspectorTab }): ReactNode {
  switch (tab) {
    case "records":
      return isLogView(view) ? <RecordsTab image={image} view={view} /> : null;
    case "figures":
      return <FiguresTab image={image} view={view} />;
    case "settings":
      return <SettingsTab view={view} />;
    case "charts":
      return <ChartsTab image={image} view={view} />;
  }
}

function RecordsTab({ image, view }: { readonly image: ClusterImage; readonly view: LogView }): ReactNode {
  const isBelow = useTopiq((state) => state.view.below === "records");
  const { topic, partition } = view;
  return (
    <>
      {isBelow ? <StandsBelow action="recordsBelow" /> : <LogRecords image={image} view={view} />}
      {partition && <LogMarks log={partition} />}
      {view.kind === "record" && <RecordCard image={image} topic={topic} partition={view.partition} offset={view.offset} />}
      {view.kind === "partition" && !topic.internal && view.partition.logEndOffset > 0 && (
        <WhyPartition image={image} question={{ topic: topic.name, partition: view.partition.partition, record: null }} />
      )}
      {!topic.internal && <DeliveryCheck image={image} topic={topic.name} groupId={null} />}
    </>
  );
}

function ChartsTab({ image, view }: BodyProps): ReactNode {
  const isBelow = useTopiq((state) => state.view.below === "charts");
  return isBelow ? <StandsBelow action="chartsBelow" /> : <ViewCharts image={image} view={view} />;
}

function FiguresTab({ image, view }: BodyProps): ReactNode {
  switch (view.kind) {
    case "producer":
      return <ProducerFigures producer={view.producer} />;
    case "group":
      return (
        <>
          <GroupFigures image={image} group={view.group} />
          <DeliveryCheck image={image} topic={null} groupId={view.group.spec.groupId} />
        </>
      );
    case "consumer":
      return (
        <>
          <ConsumerFigures image={image} consumer={view.consumer} />
          <DeliveryCheck image={image} topic={null} groupId={view.consumer.spec.groupId} />
        </>
      );
    default:
      return null;
  }
}

function SettingsTab({ view }: { readonly view: InspectorView }): ReactNode {
  switch (view.kind) {
    case "producer":
      return <ProducerSettings producer={view.producer} />;
    case "group":
      return <GroupSettings group={view.group} />;
    case "consumer":
      return <ConsumerSettings consumer={view.consumer} />;
    default:
      return <TopicSettings topic={view.topic} />;
  }
}
