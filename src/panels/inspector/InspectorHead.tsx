import type { ReactNode } from "react";
import type { ClusterImage } from "../../core/cluster/image";
import { t } from "../../i18n/t";
import { select } from "../../store/topiqStore";
import { ConsumerIcon, ProducerIcon, TopicIcon } from "../../ui/icons";
import type { InspectorView } from "./inspectorView";
import { GroupBadge } from "./parts/marks";
import { useNames } from "./parts/names";
import { Term } from "./parts/Term";

/** What is shown. A topic and its partition can be changed here, the internal ones included. */
export function InspectorHead({ image, view }: { readonly image: ClusterImage; readonly view: InspectorView }): ReactNode {
  const name = useNames();
  switch (view.kind) {
    case "topic":
    case "partition":
    case "record":
      return <LogHead image={image} view={view} />;
    case "producer":
      return <Head icon={<ProducerIcon />} title={name("producer", view.producer.spec.clientId)} kind={t("inspector.producer")} />;
    case "group":
      return <Head icon={<GroupBadge letter={view.group.letter} />} title={view.group.spec.groupId} kind={t("inspector.group")} />;
    case "consumer":
      return (
        <Head
          icon={<ConsumerIcon />}
          title={name("consumer", view.consumer.spec.clientId)}
          kind={
            <button type="button" className="panel-link inspector-group" onClick={() => select([{ kind: "group", id: view.consumer.spec.groupId }])}>
              {t("inspector.inGroup", { group: view.consumer.spec.groupId })}
            </button>
          }
        />
      );
  }
}

function Head({ icon, title, kind }: { readonly icon: ReactNode; readonly title: string; readonly kind: ReactNode }): ReactNode {
  return (
    <header className="inspector-head">
      {icon}
      <h2>{title}</h2>
      <span className="panel-quiet inspector-kind">{kind}</span>
    </header>
  );
}

type LogView = Extract<InspectorView, { readonly topic: unknown }>;

function LogHead({ image, view }: { readonly image: ClusterImage; readonly view: LogView }): ReactNode {
  const { topic, partition } = view;
  const chosen = partition === null ? "all" : String(partition.partition);
  return (
    <header className="inspector-head">
      <TopicIcon />
      <h2 className="inspector-log">
        <select
          aria-label={t("inspector.topic")}
          value={topic.name}
          onChange={(event) => select([{ kind: "topic", id: event.target.value }])}
        >
          {Object.values(image.topics).map((other) => (
            <option key={other.name} value={other.name}>
              {other.name}
            </option>
          ))}
        </select>
        <span aria-hidden="true">·</span>
        <select
          aria-label={t("inspector.partition")}
          value={chosen}
          onChange={({ target }) =>
            select([target.value === "all" ? { kind: "topic", id: topic.name } : { kind: "partition", topic: topic.name, partition: Number(target.value) }])
          }
        >
          <option value="all">{t("inspector.allPartitions")}</option>
          {Array.from({ length: topic.partitions }, (_, index) => (
            <option key={index} value={String(index)}>
              P{index}
            </option>
          ))}
        </select>
      </h2>
      <span className="panel-quiet inspector-kind">
        {partition ? (
          <>
            <Term word="inspector.leader" meaning="term.leader.meaning" below /> {t("inspector.broker", { broker: partition.leader })}
          </>
        ) : (
          t("inspector.records", { count: topic.recordCount })
        )}
      </span>
    </header>
  );
}
