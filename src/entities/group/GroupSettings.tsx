import type { ReactNode } from "react";
import { inTurn } from "../../actions/inTurn";
import { submit } from "../../actions/simulation";
import type { GroupImage } from "../../core/picture/image";
import { configValue } from "../../core/kafka/configs";
import { t } from "../../i18n/t";
import { ChoiceField } from "../../panels/inspector/settings/ChoiceField";
import { ConfigFields } from "../../panels/inspector/settings/ConfigFields";
import { parseConfig } from "../../panels/inspector/settings/configRows";
import { TopicChecks } from "../../panels/inspector/settings/TopicChecks";

const AUTO_COMMIT = "enable.auto.commit";

/** What a group's members subscribe to, and the configs that they all have. */
export function GroupSettings({ group }: { readonly group: GroupImage }): ReactNode {
  const { groupId, topics, configs } = group.spec;
  const automatic = configValue("consumer", configs, AUTO_COMMIT) === true;
  return (
    <div className="settings" key={groupId}>
      <TopicChecks legend={t("settings.reads")} chosen={topics} onChange={(change) => inTurn(({ image }) => submit({ type: "alterGroup", groupId, topics: change(image?.groups.get(groupId)?.spec.topics ?? topics) }))} />
      <p className="panel-note">{t("settings.group.effect")}</p>
      <ChoiceField
        label={t("settings.commit")}
        note={t(automatic ? "settings.commit.auto.note" : "settings.commit.processed.note")}
        value={automatic ? "true" : "false"}
        options={[
          { value: "true", label: t("settings.commit.auto") },
          { value: "false", label: t("settings.commit.processed") },
        ]}
        onCommit={async (value) => {
          const parsed = parseConfig("consumer", configs, AUTO_COMMIT, value);
          return parsed.ok ? submit({ type: "alterGroup", groupId, configs: parsed.value }) : null;
        }}
      />
      <ConfigFields
        scope="consumer"
        configs={configs}
        primary={["partition.assignment.strategy", "auto.offset.reset", "max.poll.records", "session.timeout.ms", "heartbeat.interval.ms"]}
        elsewhere={[AUTO_COMMIT]}
        onChange={(change) => submit({ type: "alterGroup", groupId, configs: change })}
      />
    </div>
  );
}
