import { type ReactNode, useEffect, useMemo, useState } from "react";
import { query } from "../../actions/simulation";
import type { ClusterImage, HashedDecision, PartitionDecision, StickyDecision } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t } from "../../i18n/t";
import { useTopiq } from "../../store/topiqStore";
import { RichText } from "../../ui/RichText";
import { KeyText } from "../../panels/inspector/parts/marks";
import { Term } from "../../panels/inspector/parts/Term";
import { decisionFor, type DecisionQuestion } from "./decisions";

/** Why a record is in its partition: the steps of the partitioner, as the producers report them. */
export function WhyPartition({ question }: { readonly question: DecisionQuestion }): ReactNode {
  // The same decision is told again with every frame of its producer.
  const told = useTopiq(({ image }) => JSON.stringify((image && decisionFor(image, question)?.decision) ?? null));
  const seen = useMemo(() => JSON.parse(told) as PartitionDecision | null, [told]); // written just above
  const key = useTopiq(({ image }) => (seen || !image ? null : askedKey(image, question)));
  const computed = useDecision(question.topic, key ?? null);
  const decision = seen ?? computed;
  if (!decision && key === undefined) return null;
  return (
    <section className="panel-card" aria-label={t("why.partition")}>
      <h3>{t("why.partition")}</h3>
      {!decision ? (
        <p className="panel-note">{key === null && <RichText text={t("why.partition.sticky.past")} />}</p>
      ) : decision.hash === null ? (
        <Sticky decision={decision} />
      ) : (
        <Hashed decision={decision} partition={question.partition} inSteps={question.record !== null} />
      )}
    </section>
  );
}

/** The key of the record in question, or else of the newest one of the partition; null when it has none, undefined where there is no record. */
function askedKey(image: ClusterImage, { topic, partition, record }: DecisionQuestion): string | null | undefined {
  const asked = record ?? image.partitions.get(formatTopicPartition(topic, partition))?.tail.at(-1);
  return asked && asked.key;
}

/** What the partitioner would decide about a key that no producer has sent lately; asked of the core, which knows the hash. */
function useDecision(topic: string, key: string | null): PartitionDecision | null {
  const [answer, setAnswer] = useState<PartitionDecision | null>(null);
  useEffect(() => {
    let isWanted = key !== null;
    if (key !== null) void query({ kind: "decision", topic, key }).then(({ decision }) => isWanted && setAnswer(decision));
    return () => void (isWanted = false);
  }, [topic, key]);
  return answer?.topic === topic && answer.key === key ? answer : null;
}

interface HashedProps {
  readonly decision: HashedDecision;
  readonly partition: number;
  /** Every step on a line of its own, or all of it on one. */
  readonly inSteps: boolean;
}

function Hashed({ decision, partition, inSteps }: HashedProps): ReactNode {
  return (
    <>
      <p className="panel-note">
        <RichText text={t("why.partition.hash", { partitions: decision.partitions })} />
      </p>
      {inSteps ? <Steps decision={decision} /> : <Formula decision={decision} />}
      {decision.partition !== partition && <p className="panel-note">{t("why.partition.moved", { partition, now: decision.partition })}</p>}
    </>
  );
}

function Formula({ decision }: { readonly decision: HashedDecision }): ReactNode {
  return (
    <p className="why-formula">
      <KeyText recordKey={decision.key} colour={decision.colour} />
      <span>→</span>
      <span>{decision.positive}</span>
      <span>→</span>
      <span>{t("why.formula.modulo", { partitions: decision.partitions })}</span>
      <strong>P{decision.partition}</strong>
    </p>
  );
}

function Steps({ decision }: { readonly decision: HashedDecision }): ReactNode {
  const { key, colour, hash, positive, partitions } = decision;
  const bytes = [...new TextEncoder().encode(key ?? "")].map((byte) => byte.toString(16).padStart(2, "0"));
  return (
    <ol className="why-steps">
      <li>
        <Term word="why.step.key" meaning="why.step.key.meaning" />
        <span className="why-value">
          <KeyText recordKey={key} colour={colour} />
          <span className="panel-quiet why-bytes">{bytes.join(" ")}</span>
        </span>
      </li>
      <li>
        <Term word="why.step.hash" meaning="why.step.hash.meaning" />
        <span className="why-value">{hash}</span>
      </li>
      <li>
        <Term word="why.step.positive" meaning="why.step.positive.meaning" />
        <span className="why-value">{positive}</span>
      </li>
      <li>
        <span>{t("why.step.modulo", { partitions })}</span>
        <strong className="why-value">= P{decision.partition}</strong>
      </li>
    </ol>
  );
}

function Sticky({ decision }: { readonly decision: StickyDecision }): ReactNode {
  const { stickyBytes, batchSizeInBytes } = decision;
  return (
    <>
      <p className="panel-note">
        <RichText text={t("why.partition.sticky")} />
      </p>
      <div className="why-meter" role="meter" aria-label={t("why.sticky.bytes")} aria-valuemin={0} aria-valuemax={batchSizeInBytes} aria-valuenow={Math.min(stickyBytes, batchSizeInBytes)}>
        <span style={{ width: `${Math.min(100, (stickyBytes / Math.max(1, batchSizeInBytes)) * 100)}%` }} />
      </div>
      <p className="why-sum">{t("why.sticky.figure", { bytes: stickyBytes, batch: batchSizeInBytes, partition: decision.partition })}</p>
    </>
  );
}
