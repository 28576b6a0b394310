import type { ReactNode } from "react";
import { submit } from "../../actions/simulation";
import type { TopicImage } from "../../core/picture/image";
import { clusterLimits } from "../../core/kafka/limits";
import { t } from "../../i18n/t";
import { ConfigFields } from "../../panels/inspector/settings/ConfigFields";
import { parseNumber } from "../../panels/inspector/settings/parseField";
import { TextField } from "../../panels/inspector/settings/TextField";

/** A topic's partitions, which only ever grow, and its configs. */
export function TopicSettings({ topic }: { readonly topic: TopicImage }): ReactNode {
  const { name, partitions } = topic;
  return (
    <div className="settings" key={name}>
      <TextField
        label={t("settings.partitions")}
        note={t("settings.partitions.note")}
        text={String(partitions)}
        numeric
        parse={(text) => {
          const range = { min: partitions, max: clusterLimits.maxPartitionsPerTopic, whole: true };
          const parsed = parseNumber(text, range);
          return parsed.ok ? parsed : { ok: false, problem: { key: "settings.problem.partitions", params: { min: range.min, max: range.max } } };
        }}
        onCommit={(count) => submit({ type: "createPartitions", topic: name, count })}
      />
      <p className="panel-note">{t("settings.topic.effect")}</p>
      <ConfigFields
        scope="topic"
        configs={topic.configs}
        primary={["max.message.bytes", "message.timestamp.type"]}
        onChange={(configs) => submit({ type: "alterTopicConfigs", topic: name, configs })}
      />
    </div>
  );
}
