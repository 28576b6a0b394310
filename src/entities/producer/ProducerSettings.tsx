import type { ReactNode } from "react";
import { inTurn } from "../../actions/inTurn";
import { type Refusal, submit } from "../../actions/simulation";
import type { RecordSource } from "../../core/apps/program";
import type { ProducerImage } from "../../core/picture/image";
import { clusterLimits } from "../../core/kafka/limits";
import { t } from "../../i18n/t";
import type { TopiqState } from "../../store/topiqStore";
import { ConfigFields } from "../../panels/inspector/settings/ConfigFields";
import { KeyFields } from "../../panels/inspector/settings/KeyFields";
import { LabelField } from "../../panels/inspector/settings/LabelField";
import { parseNumber } from "../../panels/inspector/settings/parseField";
import { TextField } from "../../panels/inspector/settings/TextField";
import { TopicChecks } from "../../panels/inspector/settings/TopicChecks";

/** As many as Kafka takes in one request by default (`max.request.size`), less the batch's own bytes. */
const MAX_VALUE_BYTES = 1_000_000;

/** What the application around a producer sends, and the producer's own configs. */
export function ProducerSettings({ producer }: { readonly producer: ProducerImage }): ReactNode {
  const { clientId, topics, source, configs } = producer.spec;
  const alterSource = (change: Partial<RecordSource>): Promise<Refusal | null> => submit({ type: "alterProducer", clientId, source: change });
  return (
    <div className="settings" key={clientId}>
      <TextField
        label={t("settings.rate")}
        unit={t("settings.rate.unit")}
        note={t("settings.rate.note")}
        text={String(source.ratePerSecond)}
        numeric
        parse={(text) => parseNumber(text, { min: 0, max: clusterLimits.maxRecordsPerSecondPerProducer, whole: false })}
        onCommit={(ratePerSecond) => alterSource({ ratePerSecond })}
      />
      <KeyFields keys={source.keys} onChange={(change) => inTurn((state) => alterSource({ keys: change(producerIn(state, producer).spec.source.keys) }))} />
      <TextField
        label={t("settings.valueSize")}
        unit={t("settings.unit.bytes")}
        note={t("settings.valueSize.note")}
        text={String(source.valueSizeInBytes)}
        numeric
        parse={(text) => parseNumber(text, { min: 0, max: MAX_VALUE_BYTES, whole: true })}
        onCommit={(valueSizeInBytes) => alterSource({ valueSizeInBytes })}
      />
      <TopicChecks legend={t("settings.writesTo")} chosen={topics} onChange={(change) => inTurn((state) => submit({ type: "alterProducer", clientId, topics: change(producerIn(state, producer).spec.topics) }))} />
      <LabelField kind="producer" id={clientId} note="settings.label.note" />
      <p className="panel-note">{t("settings.producer.effect")}</p>
      <ConfigFields
        scope="producer"
        configs={configs}
        primary={["acks", "linger.ms", "batch.size"]}
        onChange={(change) => submit({ type: "alterProducer", clientId, configs: change })}
      />
    </div>
  );
}

/** As it is by then; of one that is gone the core says so. */
function producerIn({ image }: TopiqState, shown: ProducerImage): ProducerImage {
  return image?.producers.get(shown.spec.clientId) ?? shown;
}
