import type { ReactNode } from "react";
import { useShallow } from "zustand/shallow";
import { partitionSelection, recordSelection } from "../../actions/entities/logSelection";
import type { ConsumerImage } from "../../core/picture/image";
import { formatTopicPartition } from "../../core/kafka/topicPartition";
import { t, tDynamic } from "../../i18n/t";
import { select, useTopiq } from "../../store/topiqStore";
import { RichText } from "../../ui/RichText";
import { CommittedOffset } from "../../panels/inspector/parts/CommittedOffset";
import { Facts, type Fact } from "../../panels/inspector/parts/Facts";
import { formatTimeUs } from "../../panels/inspector/parts/formatTime";
import { KeyText } from "../../panels/inspector/parts/marks";
import { Term } from "../../panels/inspector/parts/Term";

/** What a consumer does now, and why; what it owns, and how far it is. */
export function ConsumerFigures({ consumer }: { readonly consumer: ConsumerImage }): ReactNode {
  const { why } = consumer;
  return (
    <>
      <section className="panel-card" aria-label={t("why.consumer")}>
        <h3>{t(`consumer.phase.${consumer.phase}`)}</h3>
        <p className="panel-note">
          <RichText text={why ? tDynamic(why.id, why.params) : t(`consumer.phase.${consumer.phase}.meaning`)} />
        </p>
        {consumer.inWork && <Work inWork={consumer.inWork} />}
      </section>
      <Facts facts={consumerFacts(consumer)} />
      <Assignment consumer={consumer} />
    </>
  );
}

/** The record in work, and how far it is. */
function Work({ inWork }: { readonly inWork: NonNullable<ConsumerImage["inWork"]> }): ReactNode {
  const percent = useTopiq(({ image }) => Math.max(0, Math.min(100, (((image?.clock.timeUs ?? 0) - inWork.startUs) / Math.max(1, inWork.endUs - inWork.startUs)) * 100)));
  return (
    <div className="consumer-work">
      <button
        type="button"
        className="panel-link"
        onClick={() => select([recordSelection(inWork.topic, inWork.partition, inWork.offset)])}
      >
        {t("consumer.inWork", { partition: inWork.partition, offset: inWork.offset })}
      </button>
      <KeyText recordKey={inWork.key} colour={inWork.colour} />
      <div className="why-meter" aria-hidden="true">
        <span style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}

function consumerFacts(consumer: ConsumerImage): readonly Fact[] {
  return [
    { id: "processed", word: <Term word="figures.processed" meaning="figures.processed.meaning" />, value: consumer.processed },
    { id: "fetched", word: <Term word="figures.fetched" meaning="figures.fetched.meaning" />, value: consumer.waitingCount },
    {
      id: "commit",
      word: <Term word="figures.lastCommit" meaning="term.commit.meaning" />,
      value: consumer.lastCommitUs === null ? t("figures.never") : formatTimeUs(consumer.lastCommitUs),
    },
    { id: "processing", word: t("settings.processing"), value: `${consumer.spec.processing.timeMs} ms` },
    {
      id: "member",
      word: <Term word="figures.memberId" meaning="figures.memberId.meaning" />,
      value: <span className="panel-long">{consumer.memberId === "" ? t("figures.none") : consumer.memberId}</span>,
    },
  ];
}

function Assignment({ consumer }: { readonly consumer: ConsumerImage }): ReactNode {
  const logs = useTopiq(useShallow(({ image }) => consumer.assignment.map(({ topic, partition }) => image?.partitions.get(formatTopicPartition(topic, partition)))));
  if (consumer.assignment.length === 0) return null;
  return (
    <section className="panel-card" aria-label={t("consumer.owns")}>
      <h3>{t("consumer.owns")}</h3>
      <table className="panel-table">
        <thead>
          <tr>
            <th scope="col">{t("group.offsets.partition")}</th>
            <th scope="col">
              <Term word="term.position" meaning="term.position.meaning" />
            </th>
            <th scope="col">
              <Term word="term.committed" meaning="term.committed.meaning" />
            </th>
            <th scope="col">{t("group.offsets.waiting")}</th>
          </tr>
        </thead>
        <tbody>
          {consumer.assignment.map(({ topic, partition, position }, at) => {
            const name = formatTopicPartition(topic, partition);
            const log = logs[at];
            const track = log?.tracks.find((candidate) => candidate.groupId === consumer.spec.groupId);
            return (
              <tr key={name}>
                <td>
                  <button type="button" className="panel-link" onClick={() => select([partitionSelection(topic, partition)])}>
                    {name}
                  </button>
                </td>
                <td>{position < 0 ? "–" : position}</td>
                <td>
                  {log && track && <CommittedOffset topic={topic} partition={partition} offset={track.committedOffset} start={log.logStartOffset} end={log.logEndOffset} />}
                </td>
                <td>{track?.waiting ?? "–"}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
