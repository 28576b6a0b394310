import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { logPart, partitionSelection } from "../../actions/entities/logSelection";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { TopicIcon } from "../../ui/icons";
import type { ShownProps } from "../../panels/kindPanel";
import "./logTitle.css";
import { Term } from "../../panels/inspector/parts/Term";

/** A log's name: two lists, to choose another topic or partition from. */
export function LogTitle({ shown }: ShownProps): ReactNode {
  const { id } = shown;
  const part = logPart(shown);
  const topics = useTopiq(useShallow((state) => [...(state.image?.topics.keys() ?? [])]));
  const partitions = useTopiq((state) => state.image?.topics.get(id)?.partitions ?? 0);
  const chosen = part === null ? "all" : String(part.partition);
  return (
    <>
      <TopicIcon />
      <h2 className="inspector-log">
        <select
          aria-label={t("inspector.topic")}
          value={id}
          onChange={(event) => select([{ kind: "topic", id: event.target.value }])}
        >
          {topics.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
        <span aria-hidden="true">·</span>
        <select
          aria-label={t("inspector.partition")}
          value={chosen}
          onChange={({ target }) =>
            select([target.value === "all" ? { kind: "topic", id } : partitionSelection(id, Number(target.value))])
          }
        >
          <option value="all">{t("inspector.allPartitions")}</option>
          {Array.from({ length: partitions }, (_, index) => (
            <option key={index} value={String(index)}>
              P{index}
            </option>
          ))}
        </select>
      </h2>
      <span className="panel-quiet inspector-kind">{part === null ? <RecordCount topic={id} /> : <Leader topic={id} partition={part.partition} />}</span>
    </>
  );
}

function Leader({ topic, partition }: { readonly topic: string; readonly partition: number }): ReactNode {
  const broker = useTopiq((state) => state.image?.partitions.get(formatTopicPartition(topic, partition))?.leader);
  if (broker === undefined) return null;
  return (
    <>
      <Term word="inspector.leader" meaning="term.leader.meaning" below /> {t("inspector.broker", { broker })}
    </>
  );
}

function RecordCount({ topic }: { readonly topic: string }): ReactNode {
  const count = useTopiq((state) => state.image?.topics.get(topic)?.recordCount ?? 0);
  return t("inspector.records", { count });
}
