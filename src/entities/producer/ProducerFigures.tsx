import type { ReactNode } from "react";
import type { PartitionDecision, ProducerImage } from "../../core/picture/image";
import { t } from "../../i18n/t";
import { Facts } from "../../panels/inspector/parts/Facts";
import { KeyText } from "../../panels/inspector/parts/marks";
import { Term } from "../../panels/inspector/parts/Term";

/** What a producer has sent, and which way its newest records took. */
export function ProducerFigures({ producer }: { readonly producer: ProducerImage }): ReactNode {
  return (
    <>
      <Facts
        facts={[
          { id: "sent", word: <Term word="figures.sent" meaning="figures.sent.meaning" below />, value: producer.sent },
          { id: "acknowledged", word: <Term word="figures.acknowledged" meaning="term.acks.meaning" />, value: producer.acknowledged },
          { id: "buffered", word: <Term word="figures.buffered" meaning="figures.buffered.meaning" />, value: producer.buffered },
          { id: "inFlight", word: <Term word="figures.inFlight" meaning="figures.inFlight.meaning" />, value: producer.requestsInFlight },
          { id: "failed", word: <Term word="figures.failed" meaning="figures.failed.meaning" />, value: producer.failed },
        ]}
      />
      {producer.decisions.length > 0 && (
        <section className="panel-card" aria-label={t("why.partitions")}>
          <h3>{t("why.partitions")}</h3>
          <p className="panel-note">{t("why.partitions.note")}</p>
          <ul className="why-list">
            {producer.decisions.map((decision, index) => (
              <li key={index}>
                <KeyText recordKey={decision.key} colour={decision.colour} />
                <span className="why-way">{decisionText(decision)}</span>
                <strong>P{decision.partition}</strong>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function decisionText(decision: PartitionDecision): string {
  if (decision.hash === null) return t("why.way.sticky", { bytes: decision.stickyBytes, batch: decision.batchSizeInBytes });
  return t("why.way.hash", { positive: decision.positive, partitions: decision.partitions });
}
