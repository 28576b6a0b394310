import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { submit } from "../../actions/simulation";
import type { ConsumerImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";
import { ChoiceField } from "../../panels/inspector/settings/ChoiceField";
import { LabelField } from "../../panels/inspector/settings/LabelField";
import { parseNumber } from "../../panels/inspector/settings/parseField";
import { TextField } from "../../panels/inspector/settings/TextField";

const MAX_PROCESSING_MS = 600_000;

/** How long a consumer's application takes for a record, and the group it is in. */
export function ConsumerSettings({ consumer }: { readonly consumer: ConsumerImage }): ReactNode {
  const groups = useTopiq(useShallow((state) => [...(state.image?.groups.keys() ?? [])]));
  const { clientId, groupId, processing } = consumer.spec;
  return (
    <div className="settings" key={clientId}>
      <TextField
        label={t("settings.processing")}
        unit={t("settings.unit.ms")}
        note={t("settings.processing.note")}
        text={String(processing.timeMs)}
        numeric
        parse={(text) => parseNumber(text, { min: 0, max: MAX_PROCESSING_MS, whole: true })}
        onCommit={(timeMs) => submit({ type: "alterConsumer", clientId, processing: { ...processing, timeMs } })}
      />
      <ChoiceField
        label={t("settings.group")}
        note={t("settings.group.note")}
        value={groupId}
        options={groups.map((value) => ({ value, label: value }))}
        onCommit={(target) => submit({ type: "moveConsumer", clientId, groupId: target })}
      />
      <LabelField kind="consumer" id={clientId} />
      <p className="panel-note">{t("settings.consumer.shared", { group: groupId })}</p>
      <Button onClick={() => select([{ kind: "group", id: groupId }])}>{t("settings.consumer.toGroup", { group: groupId })}</Button>
    </div>
  );
}
