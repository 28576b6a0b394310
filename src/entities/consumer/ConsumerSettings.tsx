import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { inTurn } from "../../actions/inTurn";
import { type Refusal, submit } from "../../actions/simulation";
import type { Processing } from "../../core/apps/program";
import type { ConsumerImage } from "../../core/picture/image";
import { configValue } from "../../core/kafka/configs";
import { t } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { Button } from "../../ui/Button";
import { ChoiceField } from "../../panels/inspector/settings/ChoiceField";
import { LabelField } from "../../panels/inspector/settings/LabelField";
import { consumerWords } from "./consumerWords";
import { ProgramFields } from "../../panels/inspector/settings/ProgramFields";

/** What a consumer's application does with its records, and the group it is in. */
export function ConsumerSettings({ consumer }: { readonly consumer: ConsumerImage }): ReactNode {
  const groups = useTopiq(useShallow((state) => [...(state.image?.groups.keys() ?? [])]));
  const { clientId, groupId, processing } = consumer.spec;
  const isAutomatic = useTopiq(({ image }) => configValue("consumer", image?.groups.get(groupId)?.spec.configs ?? {}, "enable.auto.commit") === true);
  return (
    <div className="settings" key={clientId}>
      <ProgramFields processing={processing} commits={!isAutomatic} words={consumerWords} onChange={(change) => alterProcessing(clientId, change)} />
      <ChoiceField
        label={t("settings.group")}
        note={t("settings.group.note")}
        value={groupId}
        options={groups.map((value) => ({ value, label: value }))}
        onCommit={(target) => submit({ type: "moveConsumer", clientId, groupId: target })}
      />
      <LabelField kind="consumer" id={clientId} note="settings.label.note" />
      <p className="panel-note">
        {isAutomatic && t("settings.consumer.automatic", { group: groupId })} {t("settings.consumer.shared", { group: groupId })}
      </p>
      <Button onClick={() => select([{ kind: "group", id: groupId }])}>{t("settings.consumer.toGroup", { group: groupId })}</Button>
    </div>
  );
}

/** Of a consumer that is gone meanwhile the core says so. */
function alterProcessing(clientId: string, change: (processing: Processing) => Processing): Promise<Refusal | null> {
  return inTurn(({ image }) => submit({ type: "alterConsumer", clientId, processing: change(image?.consumers.get(clientId)?.spec.processing ?? { timeMs: 0 }) }));
}
