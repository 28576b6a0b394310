import type { ReactNode } from "react";
import type { ClusterImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { select } from "../../store/topiqStore";
import { TopicIcon } from "../../ui/icons";
import type { LogView } from "./inspectorView";
import "./logTitle.css";
import { Term } from "./parts/Term";

/** A log's name: two lists, to choose another topic or partition from. */
export function LogTitle({ image, view }: { readonly image: ClusterImage; readonly view: LogView }): ReactNode {
  const { topic, partition } = view;
  const chosen = partition === null ? "all" : String(partition.partition);
  return (
    <>
      <TopicIcon />
      <h2 className="inspector-log">
        <select
          aria-label={t("inspector.topic")}
          value={topic.name}
          onChange={(event) => select([{ kind: "topic", id: event.target.value }])}
        >
          {[...image.topics.values()].map((other) => (
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
    </>
  );
}
